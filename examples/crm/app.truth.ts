import { defineApp } from 'truthfile'
import { Membership, Team, User } from './people.truth.ts'
import { editsInTeam, inTeam, viaCompany, viaDeal } from './rules.truth.ts'

const money = { type: 'number', min: 0, max: 1_000_000_000 } as const
const creator = { type: 'relation', to: 'User', required: true, default: 'user' } as const

// Customers, whom to talk to, what is being sold to them and what has to be done next. Teams share their companies.
export default defineApp({
  name: 'Orchard CRM',
  settings: { ui: { accent: '#2f7d4f' }, api: { pageSize: 25 } },
  entities: {
    User,
    Team,
    Membership,
    Company: {
      fields: {
        name: { type: 'string', required: true, maxLength: 160 },
        website: { type: 'string', format: 'url' },
        industry: { type: 'enum', options: ['retail', 'software', 'finance', 'health', 'other'], default: 'other' },
        size: { type: 'integer', min: 1, max: 5_000_000 },
        labels: { type: 'string', many: true, maxLength: 40 },
        team: { type: 'relation', to: 'Team', required: true },
        createdBy: creator,
        contacts: { type: 'relation', to: 'Contact', many: true, inverse: 'company' },
        deals: { type: 'relation', to: 'Deal', many: true, inverse: 'company' },
      },
      permissions: {
        create: editsInTeam,
        read: inTeam,
        update: editsInTeam,
        delete: "team.lead == user || user.role == 'admin'",
      },
      ui: { list: { columns: ['name', 'industry', 'size', 'team', 'labels'] } },
    },
    Contact: {
      fields: {
        name: { type: 'string', required: true, maxLength: 100 },
        email: { type: 'string', format: 'email' },
        phone: { type: 'string', format: 'phone' },
        birthday: { type: 'date' },
        company: { type: 'relation', to: 'Company', required: true, onDelete: 'cascade' },
        deals: { type: 'relation', to: 'Deal', many: true, inverse: 'contacts' },
        createdBy: creator,
      },
      permissions: {
        create: viaCompany,
        read: viaCompany,
        update: viaCompany,
        delete: `owner || company.team.lead == user`,
      },
    },
    Pipeline: {
      fields: {
        name: { type: 'string', required: true, unique: true },
        stages: { type: 'relation', to: 'Stage', many: true, inverse: 'pipeline' },
      },
      permissions: { read: 'authenticated', create: "user.role == 'admin'", update: "user.role == 'admin'" },
    },
    Stage: {
      fields: {
        name: { type: 'string', required: true },
        position: { type: 'integer', required: true, min: 1 },
        chance: { type: 'number', min: 0, max: 1, default: 0.5 },
        pipeline: { type: 'relation', to: 'Pipeline', required: true, onDelete: 'cascade' },
      },
      unique: [['pipeline', 'position']],
      permissions: {
        read: 'authenticated',
        create: "user.role == 'admin'",
        update: "user.role == 'admin'",
        delete: "user.role == 'admin'",
      },
    },
    Deal: {
      owner: 'agent',
      fields: {
        title: { type: 'string', required: true, maxLength: 160 },
        value: money,
        status: { type: 'enum', options: ['open', 'won', 'lost'], required: true, default: 'open', readonly: true },
        expected: { type: 'date' },
        closedAt: { type: 'datetime', readonly: true },
        reason: { type: 'string', maxLength: 400, readonly: true },
        margin: {
          ...money,
          read: "owner || user.role in ['manager', 'admin']",
          update: "user.role in ['manager', 'admin']",
        },
        company: { type: 'relation', to: 'Company', required: true },
        stage: { type: 'relation', to: 'Stage', onDelete: 'setNull' },
        contacts: { type: 'relation', to: 'Contact', many: true },
        agent: {
          type: 'relation',
          to: 'User',
          required: true,
          default: 'user',
          update: "user.role in ['manager', 'admin']",
        },
      },
      permissions: {
        create: viaCompany,
        read: viaCompany,
        update: "(owner || user.role in ['manager', 'admin']) && status == 'open'",
        delete: "user.role == 'admin'",
      },
      behaviors: {
        win: {
          set: { status: 'won', closedAt: 'now' },
          requires: "(owner || user.role == 'manager') && status == 'open'",
          emits: 'deal.won',
        },
        lose: {
          input: { reason: { type: 'string', required: true, maxLength: 400 } },
          set: { status: 'lost', closedAt: 'now', reason: { expr: 'input.reason' } },
          requires: "(owner || user.role == 'manager') && status == 'open'",
          emits: 'deal.lost',
        },
        discount: {
          label: 'Give a discount',
          input: { percent: { type: 'integer', required: true, min: 1, max: 50 } },
          set: { value: { expr: 'value * (100 - input.percent) / 100' } },
          requires: "(owner && input.percent <= 10 || user.role == 'manager') && status == 'open'",
        },
      },
      computed: { isLate: "status == 'open' && expected < today()" },
      indexes: [['status', 'expected']],
      ui: { list: { columns: ['title', 'company', 'value', 'status', 'expected'] } },
    },
    Activity: {
      fields: {
        kind: { type: 'enum', options: ['call', 'mail', 'meeting', 'note'], required: true },
        summary: { type: 'string', required: true, maxLength: 300 },
        at: { type: 'datetime', required: true, default: 'now' },
        deal: { type: 'relation', to: 'Deal', required: true, onDelete: 'cascade' },
        createdBy: creator,
      },
      permissions: {
        create: viaDeal,
        read: viaDeal,
        update: 'owner && createdAt > now() - hours(24)',
        delete: 'owner',
      },
    },
    Todo: {
      owner: 'assignee',
      fields: {
        title: { type: 'string', required: true, maxLength: 200 },
        due: { type: 'date' },
        done: { type: 'boolean', required: true, default: false },
        assignee: { type: 'relation', to: 'User', required: true },
        createdBy: creator,
        deal: { type: 'relation', to: 'Deal', onDelete: 'cascade' },
      },
      permissions: {
        create: 'authenticated',
        read: "owner || createdBy == user || user.role == 'admin'",
        update: 'owner || createdBy == user',
        delete: 'createdBy == user',
      },
      behaviors: { finish: { set: { done: true }, requires: 'owner && !done', emits: 'todo.finished' } },
    },
    Product: {
      fields: {
        name: { type: 'string', required: true },
        code: { type: 'string', required: true, unique: true, pattern: '[A-Z]{2}-[0-9]{4}' },
        price: { ...money, required: true },
        specification: { type: 'json' },
        retired: { type: 'boolean', required: true, default: false },
      },
      permissions: { read: 'authenticated', create: "user.role != 'agent'", update: "user.role != 'agent'" },
    },
    Quote: {
      fields: {
        number: { type: 'string', required: true, unique: true, maxLength: 30 },
        deal: { type: 'relation', to: 'Deal', required: true, onDelete: 'cascade' },
        validUntil: { type: 'date' },
        accepted: { type: 'boolean' },
        createdBy: creator,
        lines: { type: 'relation', to: 'QuoteLine', many: true, inverse: 'quote' },
      },
      permissions: {
        create: viaDeal,
        read: viaDeal,
        update: 'owner && (accepted == null || accepted == false)',
        delete: 'owner && has(accepted) == false',
      },
      ui: { display: { primary: 'number' } },
    },
    QuoteLine: {
      fields: {
        quote: { type: 'relation', to: 'Quote', required: true, onDelete: 'cascade' },
        product: { type: 'relation', to: 'Product', required: true },
        quantity: { type: 'integer', required: true, min: 1, default: 1 },
        price: { ...money, required: true },
      },
      permissions: {
        create: 'quote.createdBy == user',
        read: 'quote.createdBy == user',
        update: 'quote.createdBy == user',
        delete: 'quote.createdBy == user',
      },
      computed: { total: 'quantity * price' },
    },
    ApiKey: {
      fields: {
        name: { type: 'string', required: true },
        key: { type: 'string', required: true, secret: true, minLength: 16 },
        lastUsed: { type: 'datetime', readonly: true },
        createdBy: creator,
      },
      permissions: { create: "user.role == 'admin'", read: 'owner', delete: 'owner' },
    },
  },
  views: {
    Deals: {
      type: 'kanban',
      route: '/pipeline',
      entity: 'Deal',
      title: 'Pipeline',
      groupBy: 'status',
      cardFields: ['company', 'value', 'expected'],
    },
    Diary: {
      type: 'calendar',
      route: '/diary',
      entity: 'Todo',
      data: 'Todo where !done order by due',
      dateField: 'due',
    },
    NewDeal: { type: 'form', route: '/deals/add', entity: 'Deal', mode: 'create' },
  },
  workflows: {
    cheer: {
      trigger: 'deal.won',
      condition: 'entity.value > 10000',
      actions: [{ type: 'log', message: 'A large deal was won: ${entity.title}' }],
    },
    followUp: {
      trigger: 'Deal.created',
      actions: [
        {
          type: 'create',
          entity: 'Todo',
          set: { title: 'Call about ${entity.title}', assignee: '${entity.agent}', deal: '${entity.id}' },
        },
      ],
    },
  },
})
