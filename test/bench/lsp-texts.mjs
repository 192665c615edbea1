// One app of so many entities, eight fields and four rules each, as each language writes it. In the entity in the middle
// stands a word between `‹` and `›`: it is completed, and an x after it is a mistake.

const names = (count) => Array.from({ length: count - 1 }, (_, at) => at + 1)
const parentOf = (index) => Math.max(1, index >> 1)

/** The text without the marks, and where the word begins and ends. */
function marked(text) {
  const from = text.indexOf('‹')
  const to = text.indexOf('›') - 1
  return { text: text.replace(/[‹›]/g, ''), from, to }
}

const truthEntity = (index, { role = 'role', to = 'User' }) => `    Entity${index}: {
      fields: {
        title: { type: 'string', required: true, maxLength: 200 },
        body: { type: 'text' },
        count: { type: 'number', default: 0 },
        done: { type: 'boolean', default: false },
        dueAt: { type: 'datetime' },
        status: { type: 'enum', options: ['draft', 'active', 'archived'], default: 'draft' },
        owner: { type: 'relation', to: '${to}', required: true, immutable: true },
        parent: { type: 'relation', to: 'Entity${parentOf(index)}' },
      },
      permissions: {
        create: 'authenticated',
        read: "authenticated && (owner || entity.status != 'archived' || user.role == 'admin')",
        update: "owner || user.${role} == 'admin' && entity.status != 'archived'",
        delete: "user.role == 'admin' || owner && entity.count < 10",
      },
    },
`

const truthApp = (count, middle) => `  name: 'Bench',
  entities: {
    User: {
      fields: {
        email: { type: 'string' },
        role: { type: 'enum', options: ['member', 'editor', 'admin'] },
      },
      permissions: { read: 'authenticated' },
    },
${names(count)
  .map((index) => truthEntity(index, index === count >> 1 ? middle : {}))
  .join('')}  },
`

export const truth = (count) => marked(`export default {\n${truthApp(count, { role: '‹role›' })}}\n`)

export const typescript = (count) =>
  marked(
    `import { defineApp } from './app-types.js'\n\nexport default defineApp({\n${truthApp(count, { to: '‹User›' })}})\n`,
  )

/** What checks the literal: shapes of fields and targets of relations; rules are just strings. */
export const typescriptTypes = `export type Field<Name extends string> =
  | { type: 'string'; required?: boolean; maxLength?: number; default?: string }
  | { type: 'text'; required?: boolean }
  | { type: 'number'; required?: boolean; default?: number }
  | { type: 'boolean'; required?: boolean; default?: boolean }
  | { type: 'datetime'; required?: boolean }
  | { type: 'enum'; required?: boolean; options: readonly string[]; default?: string }
  | { type: 'relation'; required?: boolean; immutable?: boolean; to: Name }
export type Entity<Name extends string> = {
  fields: Record<string, Field<Name>>
  permissions?: { create?: string; read?: string; update?: string; delete?: string }
}
export declare function defineApp<const Name extends string>(app: {
  name: string
  entities: Record<Name, Entity<NoInfer<Name>>>
}): unknown
`

function models(count, { ruleBefore = () => '', ruleInside = () => '', owner = 'User' }) {
  const model = (index) => {
    const middle = index === count >> 1
    const children = names(count).filter((child) => parentOf(child) === index)
    return `${ruleBefore()}model Entity${index} {
  id String @id @default(cuid())
  title String
  body String?
  count Int @default(0)
  done Boolean @default(false)
  dueAt DateTime?
  status Status @default(draft)
  ownerId String
  owner ${middle ? owner : 'User'} @relation("owner${index}", fields: [ownerId], references: [id])
  parentId String?
  parent Entity${parentOf(index)}? @relation("parent${index}", fields: [parentId], references: [id])
${children.map((child) => `  children${child} Entity${child}[] @relation("parent${child}")\n`).join('')}${ruleInside(middle)}}

`
  }
  return `enum Role {
  member
  editor
  admin
}

enum Status {
  draft
  active
  archived
}

model User {
  id String @id @default(cuid())
  email String
  role Role
${names(count)
  .map((index) => `  owned${index} Entity${index}[] @relation("owner${index}")\n`)
  .join('')}}

${names(count).map(model).join('')}`
}

/** Prisma has no rules; they stand in comments, as tools beside it read them. */
export const prisma = (count) =>
  marked(`generator client {
  provider = "prisma-client"
  output = "../made"
}

datasource db {
  provider = "postgresql"
}

${models(count, {
  owner: '‹User›',
  ruleBefore: () => `/// @allow create: authenticated
/// @allow read: authenticated && (owner || status != archived || user.role == admin)
/// @allow update: owner || user.role == admin && status != archived
/// @allow delete: user.role == admin || owner && count < 10
`,
})}`)

export const zenstack = (count) =>
  marked(`datasource db {
  provider = 'postgresql'
  url = 'postgres://localhost/bench'
}

plugin policy {
  provider = '@zenstackhq/plugin-policy'
}

${models(count, {
  ruleInside: (middle) => `
  @@allow('create', auth() != null)
  @@allow('read', auth() != null && (auth() == owner || status != archived || auth().role == admin))
  @@allow('update', auth() == owner || auth().${middle ? '‹role›' : 'role'} == admin && status != archived)
  @@allow('delete', auth().role == admin || auth() == owner && count < 10)
`,
})}`)
