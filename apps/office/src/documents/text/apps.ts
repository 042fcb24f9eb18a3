import type { DocumentApp } from '../apps.ts'

const words = (list: string): readonly string[] => list.trim().split(/\s+/)

/** Everything that is edited as text. */
export const textApps: readonly DocumentApp[] = [
  {
    name: 'Text',
    kind: 'text',
    icon: 'text',
    canEdit: true,
    extensions: words('txt text log rst adoc asciidoc org tex bib srt vtt ics vcf wopitest wopitestx'),
  },
  {
    name: 'Markdown',
    kind: 'text',
    icon: 'markdown',
    canEdit: true,
    preview: 'markdown',
    extensions: words('md markdown mdown mkd'),
  },
  { name: 'Csv', kind: 'text', icon: 'table', canEdit: true, preview: 'table', extensions: words('csv tsv tab') },
  {
    name: 'Code',
    kind: 'text',
    icon: 'code',
    canEdit: true,
    extensions: words(`
      json jsonl ndjson json5 jsonc geojson webmanifest map har yaml yml toml ini cfg conf properties env editorconfig
      xml xsd xsl xslt rss atom plist opml gpx kml html htm xhtml css scss sass less styl
      js mjs cjs jsx ts mts cts tsx vue svelte astro php py pyi pyw rb erb rake go rs c h cc cpp cxx hpp hh hxx ino
      java kt kts scala sc groovy gradle cs fs fsx vb swift m mm dart r jl lua pl pm tcl hs lhs elm ml mli clj cljs edn
      ex exs erl hrl lisp el scm rkt nim zig d pas f90 f95 asm s sql psql graphql gql proto thrift
      sh bash zsh fish ps1 psm1 bat cmd awk sed diff patch dockerfile tf hcl nix cmake mk make sol wat glsl vert frag
      hbs mustache jinja j2 liquid ejs pug csproj sln cls sty`),
  },
]
