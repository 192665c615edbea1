// Cases beside the shared vectors: what generated runs and people have found to go wrong, or nearly.

export const found: readonly (readonly [source: string, kleene: 'true' | 'false' | 'unknown' | 'error'])[] = [
  // After `authenticated` the id of the user is known to be there, and nothing else of the user is.
  ['authenticated && user.id == createdBy', 'true'],
  ['authenticated && (user.role == "admin" || user.id == entity.createdBy)', 'true'],
  ['!(authenticated && user.manager.manager == createdBy)', 'unknown'],
  ['!(user.manager.role == "admin") || authenticated', 'true'],
  // Unknown stays unknown under negation, and in both branches of `&&` and `||`.
  ['!(parent.title == "x")', 'unknown'],
  ['parent.title == "x" && false', 'false'],
  ['parent.title == "x" || true', 'true'],
  ['!(parent.rank > 3 || parent.rank <= 3)', 'unknown'],
  ['parent.title in ["x", "y"]', 'unknown'],
  ['parent.title in ["x", null]', 'error'],
  ['parent == null && parent.title == null', 'true'],
  // Texts: quotes, patterns of LIKE, characters beyond the first plane.
  ["title.includes('%') || title.startsWith('_')", 'false'],
  ["('%' + title).startsWith('%P')", 'true'],
  ["'\\u{1F600}'.endsWith('\\u{1F600}')", 'true'],
  ["title != 'it\\'s' && body != \"it's\"", 'true'],
  ['title < body', 'error'],
  // Numbers: the sign of a remainder, zeros, division by what may be zero.
  ['-(rank + 2) % 3 == -1 && (rank + 2) % -3 == 1', 'true'],
  ['rank / (rank - 5) > 0', 'unknown'],
  ['!(rank % (rank - 5) == 0)', 'unknown'],
  ['-(rank - 5) == 0', 'true'],
  ['9007199254740991 > rank', 'true'],
  ['9007199254740992 > rank', 'error'],
  // Structure that one compiler or another once let pass.
  ["title == 'x' junk 'y'", 'error'],
  ['rank > 05', 'error'],
  ['(public', 'error'],
  ['public) || flagged', 'error'],
  ['rank > .5', 'error'],
  ['1 < rank < 9', 'error'],
  ['title == `Plan`', 'error'],
  ['public & flagged', 'error'],
  ["status in ['todo',]", 'error'],
  ["status in !['todo']", 'error'],
  ["'todo' in !['todo']", 'error'],
  ["day == '2026-02-29'", 'error'],
]
