/** The root that the namespaces of Strict and Transitional Open XML differ in (ISO/IEC 29500-1, -4). */
const ROOTS = ['http://schemas.openxmlformats.org/', 'http://purl.oclc.org/ooxml/'] as const

/** Namespaces that Strict and Transitional have alike, but for their root. */
const OPEN_XML: Readonly<Record<string, readonly string[]>> = {
  w: ['wordprocessingml/2006/main', 'wordprocessingml/main'],
  x: ['spreadsheetml/2006/main', 'spreadsheetml/main'],
  p: ['presentationml/2006/main', 'presentationml/main'],
  a: ['drawingml/2006/main', 'drawingml/main'],
  c: ['drawingml/2006/chart', 'drawingml/chart'],
  dgm: ['drawingml/2006/diagram', 'drawingml/diagram'],
  pic: ['drawingml/2006/picture', 'drawingml/picture'],
  wp: ['drawingml/2006/wordprocessingDrawing', 'drawingml/wordprocessingDrawing'],
  xdr: ['drawingml/2006/spreadsheetDrawing', 'drawingml/spreadsheetDrawing'],
  m: ['officeDocument/2006/math', 'officeDocument/math'],
  r: ['officeDocument/2006/relationships', 'officeDocument/relationships'],
}

const OPEN_DOCUMENT = 'urn:oasis:names:tc:opendocument:xmlns:'
const MICROSOFT = 'http://schemas.microsoft.com/office/'

/** The prefix by which the readers know a namespace, by its URI. */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ...Object.entries(OPEN_XML).flatMap(([prefix, paths]) =>
    paths.map((path, strict) => [`${ROOTS[strict]}${path}`, prefix] as const),
  ),
  ['http://www.w3.org/XML/1998/namespace', 'xml'],
  ['http://schemas.openxmlformats.org/package/2006/relationships', 'rel'],
  ['http://schemas.openxmlformats.org/package/2006/content-types', 'ct'],
  ['http://schemas.openxmlformats.org/package/2006/metadata/core-properties', 'cp'],
  ['http://schemas.openxmlformats.org/markup-compatibility/2006', 'mc'],
  ['urn:schemas-microsoft-com:vml', 'v'],
  ['urn:schemas-microsoft-com:office:office', 'o'],
  ['urn:schemas-microsoft-com:office:excel', 'xvml'],
  [`${MICROSOFT}word/2010/wordprocessingShape`, 'wps'],
  [`${MICROSOFT}word/2010/wordprocessingGroup`, 'wpg'],
  [`${MICROSOFT}word/2010/wordprocessingCanvas`, 'wpc'],
  [`${MICROSOFT}word/2010/wordprocessingDrawing`, 'wp14'],
  [`${MICROSOFT}word/2010/wordml`, 'w14'],
  [`${MICROSOFT}word/2012/wordml`, 'w15'],
  [`${MICROSOFT}drawing/2008/diagram`, 'dsp'],
  [`${MICROSOFT}drawing/2010/main`, 'a14'],
  [`${MICROSOFT}powerpoint/2010/main`, 'p14'],
  [`${MICROSOFT}powerpoint/2018/8/main`, 'p188'],
  [`${MICROSOFT}spreadsheetml/2009/9/main`, 'x14'],
  [`${MICROSOFT}spreadsheetml/2018/threadedcomments`, 'xtc'],
  ['http://purl.org/dc/elements/1.1/', 'dc'],
  ['http://purl.org/dc/terms/', 'dcterms'],
  ['http://www.w3.org/1999/xlink', 'xlink'],
  ['http://www.w3.org/1998/Math/MathML', 'math'],
  ...['office', 'text', 'table', 'style', 'presentation', 'form', 'script', 'meta', 'chart', 'config'].map(
    (name) => [`${OPEN_DOCUMENT}${name}:1.0`, name] as const,
  ),
  [`${OPEN_DOCUMENT}drawing:1.0`, 'draw'],
  [`${OPEN_DOCUMENT}datastyle:1.0`, 'number'],
  [`${OPEN_DOCUMENT}manifest:1.0`, 'manifest'],
  [`${OPEN_DOCUMENT}xsl-fo-compatible:1.0`, 'fo'],
  [`${OPEN_DOCUMENT}svg-compatible:1.0`, 'svg'],
  ['urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0', 'loext'],
  ['urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0', 'calcext'],
])

/** Stands for every namespace that no reader knows. */
const UNKNOWN_PREFIX = '?'

/** The readers' prefix for a namespace, whatever prefix the document gives it. */
function prefixOfNamespace(uri: string): string {
  return PREFIXES.get(uri) ?? UNKNOWN_PREFIX
}

/** Namespace bindings in scope while a document is read, and the names that they make. */
export class NamespaceScope {
  /** For each prefix the URIs bound to it, innermost last. */
  readonly #bindings = new Map<string, string[]>([['xml', ['http://www.w3.org/XML/1998/namespace']]])
  /** Of names already resolved; good as long as no binding changes. */
  readonly #elements = new Map<string, string>()
  readonly #attributes = new Map<string, string>()

  bind(prefix: string, uri: string): void {
    const stack = this.#bindings.get(prefix) ?? []
    if (stack.length === 0) this.#bindings.set(prefix, stack)
    if (stack.at(-1) !== uri) this.#forget()
    stack.push(uri)
  }

  unbind(prefix: string): void {
    const stack = this.#bindings.get(prefix)
    if (stack?.pop() !== stack?.at(-1)) this.#forget()
  }

  /** The canonical name of an element; undefined where its prefix is not bound. */
  elementName(raw: string): string | undefined {
    return this.#resolve(raw, this.#elements, '')
  }

  /** The canonical name of an attribute, which has no namespace without a prefix. */
  attributeName(raw: string): string | undefined {
    return raw.includes(':') ? this.#resolve(raw, this.#attributes, undefined) : raw
  }

  /** The readers' prefix for a prefix of the document; undefined where it is not bound or not known. */
  canonicalPrefix(prefix: string): string | undefined {
    const uri = this.#bindings.get(prefix)?.at(-1)
    const canonical = uri === undefined ? UNKNOWN_PREFIX : prefixOfNamespace(uri)
    return canonical === UNKNOWN_PREFIX ? undefined : canonical
  }

  #resolve(raw: string, cache: Map<string, string>, defaultPrefix: string | undefined): string | undefined {
    const known = cache.get(raw)
    if (known !== undefined) return known
    const colon = raw.indexOf(':')
    const prefix = colon === -1 ? defaultPrefix : raw.slice(0, colon)
    const uri = prefix === undefined ? undefined : this.#bindings.get(prefix)?.at(-1)
    if (uri === undefined && prefix !== '') return undefined
    const local = raw.slice(colon + 1)
    const name = uri === undefined || uri === '' ? local : `${prefixOfNamespace(uri)}:${local}`
    cache.set(raw, name)
    return name
  }

  #forget(): void {
    this.#elements.clear()
    this.#attributes.clear()
  }
}
