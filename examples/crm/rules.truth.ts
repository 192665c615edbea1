/** Rules that several entities share. */
export const inTeam = "team.members.some(m => m.member == user) || team.lead == user || user.role == 'admin'"

export const editsInTeam =
  "team.members.some(m => m.member == user && m.role == 'editor') || team.lead == user || user.role == 'admin'"

export const viaCompany =
  "company.team.members.some(m => m.member == user) || company.team.lead == user || user.role == 'admin'"

export const viaDeal =
  "deal.company.team.members.some(m => m.member == user) || deal.company.team.lead == user || user.role == 'admin'"
