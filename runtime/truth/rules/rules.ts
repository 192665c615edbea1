// Every rule over a whole app, in no particular order. Adding one is adding a line.

import { behaviorRule } from './behaviors.ts'
import { actionRule, authRule, fieldListRule, ownerRule, pathRule, providerRule } from './entities.ts'
import { eventRule } from './events.ts'
import { fieldRule } from './fields.ts'
import { interfaceRule } from './interface.ts'
import { linkRule } from './links.ts'
import { policyRule } from './policy.ts'
import { relationRule } from './relations.ts'
import type { Rule } from './rule.ts'
import { settingsRule } from './settings.ts'
import { tellingRule } from './telling.ts'
import { valueRule } from './values.ts'
import { viewRule } from './views.ts'
import { workflowRule } from './workflows.ts'

export const rules: readonly Rule[] = [
  fieldRule,
  valueRule,
  relationRule,
  linkRule,
  authRule,
  providerRule,
  ownerRule,
  pathRule,
  settingsRule,
  actionRule,
  behaviorRule,
  fieldListRule,
  interfaceRule,
  eventRule,
  viewRule,
  workflowRule,
  policyRule,
  tellingRule,
]
