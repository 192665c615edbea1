// Made by `zen generate` from zenstack.zmodel, less its types.

import { ExpressionUtils } from '@zenstackhq/schema'

class SchemaType {
  provider = {
    type: 'sqlite',
  }
  models = {
    User: {
      name: 'User',
      fields: {
        id: {
          name: 'id',
          type: 'String',
          id: true,
          attributes: [{ name: '@id' }],
        },
        role: {
          name: 'role',
          type: 'String',
        },
      },
      attributes: [
        { name: '@@auth' },
        {
          name: '@@allow',
          args: [
            { name: 'operation', value: ExpressionUtils.literal('read') },
            {
              name: 'condition',
              value: ExpressionUtils.binary(ExpressionUtils.call('auth'), '!=', ExpressionUtils._null()),
            },
          ],
        },
      ],
      idFields: ['id'],
      uniqueFields: {
        id: { type: 'String' },
      },
    },
    Task: {
      name: 'Task',
      fields: {
        id: {
          name: 'id',
          type: 'String',
          id: true,
          attributes: [
            { name: '@id' },
            {
              name: '@default',
              args: [{ name: 'value', value: ExpressionUtils.call('uuid', [ExpressionUtils.literal(7)]) }],
            },
          ],
          default: ExpressionUtils.call('uuid', [ExpressionUtils.literal(7)]),
        },
        title: {
          name: 'title',
          type: 'String',
          attributes: [
            {
              name: '@length',
              args: [
                { name: 'min', value: ExpressionUtils.literal(1) },
                { name: 'max', value: ExpressionUtils.literal(200) },
              ],
            },
          ],
        },
        status: {
          name: 'status',
          type: 'String',
          attributes: [{ name: '@default', args: [{ name: 'value', value: ExpressionUtils.literal('todo') }] }],
          default: 'todo',
        },
        dueDate: {
          name: 'dueDate',
          type: 'String',
          optional: true,
        },
        assignee: {
          name: 'assignee',
          type: 'String',
          optional: true,
        },
        createdBy: {
          name: 'createdBy',
          type: 'String',
          attributes: [
            {
              name: '@default',
              args: [{ name: 'value', value: ExpressionUtils.member(ExpressionUtils.call('auth'), ['id']) }],
            },
          ],
          default: ExpressionUtils.member(ExpressionUtils.call('auth'), ['id']),
        },
        createdAt: {
          name: 'createdAt',
          type: 'DateTime',
          attributes: [{ name: '@default', args: [{ name: 'value', value: ExpressionUtils.call('now') }] }],
          default: ExpressionUtils.call('now'),
        },
        updatedAt: {
          name: 'updatedAt',
          type: 'DateTime',
          updatedAt: true,
          attributes: [
            { name: '@default', args: [{ name: 'value', value: ExpressionUtils.call('now') }] },
            { name: '@updatedAt' },
          ],
          default: ExpressionUtils.call('now'),
        },
      },
      attributes: [
        {
          name: '@@allow',
          args: [
            { name: 'operation', value: ExpressionUtils.literal('create,read') },
            {
              name: 'condition',
              value: ExpressionUtils.binary(ExpressionUtils.call('auth'), '!=', ExpressionUtils._null()),
            },
          ],
        },
        {
          name: '@@allow',
          args: [
            { name: 'operation', value: ExpressionUtils.literal('update') },
            {
              name: 'condition',
              value: ExpressionUtils.binary(
                ExpressionUtils.binary(
                  ExpressionUtils.binary(
                    ExpressionUtils.field('createdBy'),
                    '==',
                    ExpressionUtils.member(ExpressionUtils.call('auth'), ['id']),
                  ),
                  '||',
                  ExpressionUtils.binary(
                    ExpressionUtils.field('assignee'),
                    '==',
                    ExpressionUtils.member(ExpressionUtils.call('auth'), ['id']),
                  ),
                ),
                '||',
                ExpressionUtils.binary(
                  ExpressionUtils.member(ExpressionUtils.call('auth'), ['role']),
                  '==',
                  ExpressionUtils.literal('manager'),
                ),
              ),
            },
          ],
        },
      ],
      idFields: ['id'],
      uniqueFields: {
        id: { type: 'String' },
      },
    },
  }
  authType = 'User'
  plugins = {}
}
const schema = new SchemaType()

export { SchemaType, schema }
