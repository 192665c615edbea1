// The syntax tree of an expression. Offsets are UTF-16 units from the start of the source; `end` is exclusive.

export type Span = { readonly start: number; readonly end: number }

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>='
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%'
export type BinaryOperator = '&&' | '||' | 'in' | ComparisonOperator | ArithmeticOperator
export type UnaryOperator = '!' | '-'

export type LiteralNode = Span & { readonly kind: 'literal'; readonly value: string | number | boolean | null }
export type ListNode = Span & { readonly kind: 'list'; readonly items: readonly Node[] }
export type NameNode = Span & { readonly kind: 'name'; readonly name: string }
/** `object.name`; the name is empty where it has still to be typed. */
export type MemberNode = Span & {
  readonly kind: 'member'
  readonly object: Node
  readonly name: string
  readonly nameStart: number
}
export type CallNode = Span & { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Node[] }
export type MethodNode = Span & {
  readonly kind: 'method'
  readonly object: Node
  readonly name: string
  readonly nameStart: number
  readonly arguments: readonly Node[]
}
export type LambdaNode = Span & {
  readonly kind: 'lambda'
  readonly parameter: string
  readonly parameterStart: number
  readonly body: Node
}
export type UnaryNode = Span & { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Node }
export type BinaryNode = Span & {
  readonly kind: 'binary'
  readonly operator: BinaryOperator
  readonly left: Node
  readonly right: Node
}
/** Stands where an operand is missing; the problem is already reported. */
export type ErrorNode = Span & { readonly kind: 'error' }

export type Node =
  | LiteralNode
  | ListNode
  | NameNode
  | MemberNode
  | CallNode
  | MethodNode
  | LambdaNode
  | UnaryNode
  | BinaryNode
  | ErrorNode

/** The words that JavaScript keeps for itself: valid after a dot, never alone. */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends finally for function ' +
    'if import instanceof new return super switch this throw try typeof var void while with'
  ).split(' '),
)
