/** What the text of a group is for, by the control word that begins the group. */
export type Destination =
  /** Shown where it stands. */
  | 'shown'
  | 'unseen'
  | 'fonts'
  | 'field-instruction'
  /** Headers and footers of pages. */
  | 'furniture'
  | 'note'
  | 'annotation'
  | 'text-box'
  /** The number or bullet of an item of a list. */
  | 'list-text'
  /** The Unicode half of `\upr`, within the half that is not shown. */
  | 'unicode-half'

/** The destination that a control word opens; undefined for a word that opens none. */
export function destinationOf(word: string, isStarred: boolean): Destination | undefined {
  const known = DESTINATIONS.get(word)
  if (known !== undefined) return known
  // Properties of formulas: mrPr, mfPr, mctrlPr, …
  if (/^m[a-zA-Z]*Pr$/.test(word)) return 'unseen'
  return isStarred ? 'unseen' : undefined
}

const UNSEEN =
  'aftncn aftnsep aftnsepc atnauthor atndate atnicn atnid atnparent atnref atnreftime atntime atrfend atrfstart author background bkmkend bkmkstart category colorschememapping colortbl comment company creatim datafield datastore defchp defpap doccomm docvar ebcend ebcstart factoidname filetbl fldtype ftncn ftnsep ftnsepc generator gridtbl hlinkbase hlfr hlinkfr hlloc hlsrc hsv info keywords latentstyles linkval listname listoverridetable listpicture listtable mailmerge manager mhtmltag mmathPict mmathPr nextfile nonesttables nonshppict objalias objclass objdata objname objsect objtime oldcprops oleclsid operator password passwordhash pgdsctbl pgp pgptbl picprop pict pn pnseclvl private printim propname protusertbl revtbl revtim rsidtbl rxe shpgrp shppict shprslt sn sp staticval stylesheet subject sv svb tc tcn template themedata title txe upr userprops wgrffmtfilter windowcaption writereservation writereservhash xe xform xmlattrname xmlattrvalue xmlclose xmlname xmlnstbl xmlopen'

const DESTINATIONS: ReadonlyMap<string, Destination> = new Map<string, Destination>([
  ...UNSEEN.split(' ').map((word) => [word, 'unseen'] as const),
  ...['header', 'headerl', 'headerr', 'headerf', 'footer', 'footerl', 'footerr', 'footerf'].map(
    (word) => [word, 'furniture'] as const,
  ),
  ['fonttbl', 'fonts'],
  ['fldinst', 'field-instruction'],
  ['footnote', 'note'],
  ['annotation', 'annotation'],
  ['shptxt', 'text-box'],
  ['dptxbxtext', 'text-box'],
  ['do', 'shown'],
  ['field', 'shown'],
  ['fldrslt', 'shown'],
  ['listtext', 'list-text'],
  ['pntext', 'list-text'],
  ['moMath', 'shown'],
  ['moMathPara', 'shown'],
  ['result', 'shown'],
  ['shp', 'shown'],
  ['shpinst', 'shown'],
  ['ud', 'unicode-half'],
])
