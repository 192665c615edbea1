import { defineApp } from 'truthfile'

export default defineApp({
  name: 'Tasks',
  entities: {
    User: {
      fields: {
        email: { type: 'string', required: true, unique: true, format: 'email' },
        name: { type: 'string', required: true, maxLength: 100 },
        role: {
          type: 'enum',
          options: ['admin', 'manager', 'user'],
          default: 'user',
          update: "user.role == 'admin'",
        },
      },
      permissions: {
        read: 'authenticated',
        update: "user.role == 'admin' || entity == user",
        delete: "user.role == 'admin'",
      },
      ui: { display: { primary: 'name', secondary: 'email', badge: 'role' } },
    },
    Task: {
      fields: {
        title: { type: 'string', required: true, maxLength: 200 },
        status: { type: 'enum', options: ['todo', 'doing', 'done', 'archived'], default: 'todo' },
        dueDate: { type: 'date' },
        assignee: { type: 'relation', to: 'User' },
        createdBy: { type: 'relation', to: 'User', required: true, default: 'user' },
      },
      permissions: {
        create: 'authenticated',
        read: 'authenticated',
        update: "owner || assignee || user.role == 'manager'",
        delete: "owner || user.role == 'admin'",
      },
      behaviors: {
        complete: {
          set: { status: 'done' },
          requires: "(owner || assignee) && status != 'archived'",
          emits: 'task.completed',
        },
      },
      ui: { list: { columns: ['title', 'status', 'dueDate', 'assignee'] } },
    },
  },
  views: {
    Board: { type: 'kanban', route: '/board', entity: 'Task', groupBy: 'status' },
  },
  workflows: {
    celebrate: {
      trigger: 'task.completed',
      actions: [{ type: 'log', message: 'Done: ${entity.title}' }],
    },
  },
})
