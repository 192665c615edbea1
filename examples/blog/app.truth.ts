import { defineApp } from 'truthfile'

// A blog: everybody reads what is published, authors write drafts, readers with an account comment.
export default defineApp({
  name: 'Field notes',
  description: 'A small blog with drafts, tags and comments.',
  entities: {
    User: {
      fields: {
        email: {
          type: 'string',
          required: true,
          unique: true,
          format: 'email',
          read: "entity == user || user.role == 'editor'",
        },
        name: { type: 'string', required: true, maxLength: 80 },
        bio: { type: 'text', maxLength: 1000 },
        role: {
          type: 'enum',
          options: ['editor', 'author', 'reader'],
          default: 'reader',
          update: "user.role == 'editor'",
        },
        posts: { type: 'relation', to: 'Post', many: true, inverse: 'author' },
      },
      permissions: { read: true, update: "entity == user || user.role == 'editor'" },
      ui: { list: { columns: ['name', 'role'] } },
    },
    Post: {
      fields: {
        title: { type: 'string', required: true, maxLength: 200, searchable: true },
        slug: { type: 'string', required: true, unique: true, format: 'slug' },
        body: { type: 'text', required: true, searchable: true },
        status: { type: 'enum', options: ['draft', 'published', 'withdrawn'], default: 'draft', readonly: true },
        publishedAt: { type: 'datetime', readonly: true },
        author: { type: 'relation', to: 'User', required: true, default: 'user' },
        tags: { type: 'relation', to: 'Tag', many: true },
        comments: { type: 'relation', to: 'Comment', many: true, inverse: 'post' },
      },
      permissions: {
        create: "user.role in ['author', 'editor']",
        read: "status == 'published' || owner || user.role == 'editor'",
        update: "owner && status != 'withdrawn' || user.role == 'editor'",
        delete: "owner && status == 'draft' || user.role == 'editor'",
      },
      behaviors: {
        publish: {
          set: { status: 'published', publishedAt: 'now' },
          requires: "(owner || user.role == 'editor') && status == 'draft'",
          emits: 'post.published',
        },
        withdraw: {
          set: { status: 'withdrawn' },
          requires: "user.role == 'editor' && status == 'published'",
          confirm: 'Readers will no longer find this post.',
        },
      },
      computed: { isFresh: 'publishedAt > now() - days(7)' },
      indexes: [['status', 'publishedAt']],
      ui: { list: { columns: ['title', 'author', 'status', 'publishedAt', 'tags'] }, display: { primary: 'title' } },
    },
    Tag: {
      fields: {
        name: { type: 'string', required: true, unique: true, maxLength: 40 },
        posts: { type: 'relation', to: 'Post', many: true, inverse: 'tags' },
      },
      permissions: { read: true, create: "user.role in ['author', 'editor']", delete: "user.role == 'editor'" },
    },
    Comment: {
      fields: {
        post: { type: 'relation', to: 'Post', required: true, onDelete: 'cascade', immutable: true },
        body: { type: 'text', required: true, maxLength: 4000 },
        hidden: { type: 'boolean', required: true, default: false, readonly: true },
        author: { type: 'relation', to: 'User', required: true, default: 'user' },
      },
      permissions: {
        create: "authenticated && entity.post.status == 'published'",
        read: "(!hidden && post.status == 'published') || owner || post.author == user || user.role == 'editor'",
        update: 'owner && !hidden',
        delete: "owner || post.author == user || user.role == 'editor'",
      },
      behaviors: {
        hide: { set: { hidden: true }, requires: "(post.author == user || user.role == 'editor') && !hidden" },
      },
      ui: { display: { primary: 'body' } },
    },
  },
  views: {
    Latest: {
      type: 'list',
      route: '/latest',
      entity: 'Post',
      title: 'Latest posts',
      columns: ['title', 'author', 'publishedAt'],
    },
    Calendar: { type: 'calendar', route: '/calendar', entity: 'Post', dateField: 'publishedAt', titleField: 'title' },
  },
  workflows: {
    announce: {
      trigger: 'post.published',
      actions: [{ type: 'log', message: 'Published: ${entity.title}' }],
    },
  },
})
