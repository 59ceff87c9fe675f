/**
 * Writes what the sources say twice, so that a class and an operation are added in one place: the classes of a status in
 * alphabetical order, its union as a value and as a type, the type of what an operation fails with, and the imports of
 * the classes that operations name. The types are written out, since an editor shows the name of an alias that is, and
 * the whole union for one that is computed.
 */
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { format, resolveConfig } from "prettier"
import ts from "typescript"
import { put, read } from "./generated.js"
import { root } from "./major.js"

const filesOf = (folder: string): ReadonlyArray<string> =>
  readdirSync(join(root, folder))
    .sort()
    .map((name) => `${folder}/${name}`)

const parse = (file: string, text: string): ts.SourceFile =>
  ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)

/** What is put in the place of a part of a text. */
interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

const replace = ({ end, node }: { readonly node: ts.Node; readonly end?: number }, text: string): Edit => ({
  start: node.getStart(),
  end: end ?? node.getEnd(),
  text
})

const apply = (text: string, edits: ReadonlyArray<Edit>): string =>
  [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), text)

const classesOf = (source: ts.SourceFile): ReadonlyArray<ts.ClassDeclaration> =>
  source.statements.filter(ts.isClassDeclaration)

const nameOf = (node: { readonly name?: ts.Node | undefined }): string => node.name?.getText() ?? ""

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The classes of a file, each with its documentation, in alphabetical order. */
const sortClasses = (source: ts.SourceFile): ReadonlyArray<Edit> => {
  const classes = classesOf(source)
  const sorted = [...classes].sort((a, b) => compare(nameOf(a), nameOf(b)))
  return classes.flatMap((node, i) => {
    const there = sorted[i]
    return there === undefined || there === node
      ? []
      : [{ start: node.getFullStart(), end: node.getEnd(), text: there.getFullText() }]
  })
}

/** An exported constant, and what its type is. */
interface Constant {
  readonly statement: ts.VariableStatement
  readonly name: string
  readonly type: ts.TypeReferenceNode
  readonly value: ts.CallExpression
}

const constantsOf = (source: ts.SourceFile): ReadonlyArray<Constant> =>
  source.statements
    .filter(ts.isVariableStatement)
    .flatMap((statement) =>
      statement.declarationList.declarations.flatMap(({ initializer, name, type }) =>
        initializer !== undefined &&
        ts.isCallExpression(initializer) &&
        type !== undefined &&
        ts.isTypeReferenceNode(type)
          ? [{ statement, name: name.getText(), type, value: initializer }]
          : []
      )
    )

const namesIn = (call: ts.CallExpression): ReadonlyArray<string> => call.arguments.map((node) => node.getText())

/** The union of the classes of its file names them all. */
const unionOfClasses = (source: ts.SourceFile): ReadonlyArray<Edit> => {
  const names = classesOf(source).map(nameOf)
  return constantsOf(source)
    .filter(({ type }) => names.length > 0 && type.typeName.getText() === "Union")
    .flatMap(({ value }) => [replace({ node: value }, `union(${names.join(", ")})`)])
}

const tagOf = (statement: ts.Node, name: string): string => {
  const doc = ts.getJSDocCommentsAndTags(statement).find(ts.isJSDoc)
  return ts.getTextOfJSDocComment(doc?.tags?.find(({ tagName }) => tagName.text === name)?.comment) ?? ""
}

/** The type that is named for what a constant stands for, with the names that it joins. */
const typeOf = ({
  name,
  type,
  value
}: Constant): readonly [alias: string, names: ReadonlyArray<string>] | undefined => {
  const kind = type.typeName.getText()
  if (kind === "Union") return [name, namesIn(value)]
  const spec = value.arguments[1]
  if (kind !== "Operation" || spec === undefined || !ts.isObjectLiteralExpression(spec)) return undefined
  const errors = spec.properties.filter(ts.isPropertyAssignment).find((property) => nameOf(property) === "errors")
  if (errors === undefined) return undefined
  const { initializer } = errors
  return [`${name}Error`, ts.isCallExpression(initializer) ? namesIn(initializer) : [initializer.getText()]]
}

const docOf = (operation: string, since: string): string => `/**
 * Union of the errors that \`${operation}\` is documented to fail with.
 *
 * @category errors
 * @since ${since}
 */`

const typesOf = (source: ts.SourceFile): ReadonlyArray<Edit> =>
  constantsOf(source).flatMap((constant) => {
    const [alias, names] = typeOf(constant) ?? []
    if (alias === undefined || names === undefined) return []
    const members = names.join(" | ")
    const known = source.statements.filter(ts.isTypeAliasDeclaration).find((node) => nameOf(node) === alias)
    if (known !== undefined) return [replace({ node: known.type }, members)]
    const { name, statement } = constant
    const at = statement.getFullStart()
    const doc = docOf(name, tagOf(statement, "since"))
    return [{ start: at, end: at, text: `\n\n${doc}\nexport type ${alias} = ${members}` }]
  })

const exported = new Map(
  filesOf("src/errors").flatMap((file) => {
    const source = parse(file, read(file))
    return [...classesOf(source).map(nameOf), ...constantsOf(source).map(({ name }) => name)].map(
      (name) => [name, file] as const
    )
  })
)

/** The imports of what a file uses of the classes and their unions. */
const importsOf = (source: ts.SourceFile): ReadonlyArray<Edit> => {
  const imports = source.statements
    .filter(ts.isImportDeclaration)
    .filter(({ moduleSpecifier }) => moduleSpecifier.getText().startsWith('"../errors/'))
  const [first, ...others] = imports
  if (first === undefined) return []
  const used = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return
    if (ts.isIdentifier(node) && exported.has(node.text)) used.add(node.text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  const files = [...new Set([...used].map((name) => exported.get(name) ?? ""))].sort()
  const text = files.map((file) => {
    const names = [...used].filter((name) => exported.get(name) === file).sort()
    return `import { ${names.join(", ")} } from "../errors/${file.replace(/^.*\/(.*)\.ts$/, "$1.js")}"`
  })
  return [
    replace({ node: first }, text.join("\n")),
    ...others.map((node) => ({ start: node.getFullStart(), end: node.getEnd(), text: "" }))
  ]
}

const steps = {
  "src/errors": [sortClasses, unionOfClasses, typesOf],
  "src/operations": [typesOf, importsOf]
}

for (const [folder, edits] of Object.entries(steps)) {
  for (const file of filesOf(folder)) {
    const text = edits.reduce((text, edit) => apply(text, edit(parse(file, text))), read(file))
    const options = await resolveConfig(join(root, file))
    put(file, await format(text, { ...options, parser: "typescript" }), "its classes and operations say")
  }
}
