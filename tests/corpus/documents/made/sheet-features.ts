import { picture } from '../../../../apps/office/test/word/documents.ts'
import type { SheetFeature } from './made-sheets.ts'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const drawingType = 'application/vnd.openxmlformats-officedocument.drawing+xml'
const rels = (inside: string) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside}</Relationships>`
const text = (cell: string, words: string) => `<c r="${cell}" t="inlineStr"><is><t>${words}</t></is></c>`
const anchored = (inside: string) =>
  `<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${office}"><xdr:twoCellAnchor><xdr:from><xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>10</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>14</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>${inside}<xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>`
const styles =
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><color rgb="FFFF0000"/><sz val="14"/><name val="Calibri"/></font></fonts>' +
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFFF00"/></patternFill></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="10" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="4" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"><alignment horizontal="center" wrapText="1"/></xf><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyProtection="1"><protection locked="0"/></xf></cellXfs>'
const chart =
  '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:ser><c:idx val="0"/><c:order val="0"/><c:cat><c:strRef><c:f>Data!$A$2:$A$3</c:f></c:strRef></c:cat><c:val><c:numRef><c:f>Data!$B$2:$B$3</c:f></c:numRef></c:val></c:ser><c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:scaling/><c:delete val="0"/><c:axPos val="b"/><c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling/><c:delete val="0"/><c:axPos val="l"/><c:crossAx val="1"/></c:valAx></c:plotArea></c:chart></c:chartSpace>'

/** One workbook for each thing that workbooks have and editors lose; without an extension, they are .xlsx. */
export const sheetFeatures: Readonly<Record<string, SheetFeature>> = {
  'plain cells': {},
  'styles and number formats': {
    styles,
    rows: '<row r="1" ht="30" customHeight="1"><c r="A1" s="3"><v>1234.5</v></c><c r="B1" s="1"><v>45352</v></c><c r="C1" s="2"><v>0.125</v></c><c r="D1" s="3"/></row>',
  },
  'shared strings with phonetics': {
    rows: '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1"><v>7</v></c></row>',
    bookRelations: [['rIdStrings', 'sharedStrings', 'sharedStrings.xml']],
    parts: {
      'xl/sharedStrings.xml': `<sst xmlns="${main}" count="2" uniqueCount="2"><si><r><t xml:space="preserve">Some </t></r><r><rPr><b/></rPr><t>bold</t></r></si><si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si></sst>`,
    },
    types: { 'xl/sharedStrings.xml': `${sheetType}.sharedStrings+xml` },
  },
  'shared formulas': {
    rows:
      '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*2</f><v>2</v></c></row>' +
      '<row r="2"><c r="A2"><v>2</v></c><c r="B2"><f t="shared" si="0"/><v>4</v></c></row><row r="3"><c r="A3"><v>3</v></c><c r="B3"><f t="shared" si="0"/><v>6</v></c></row>',
    chain: '<c r="B1" i="1"/><c r="B2"/><c r="B3"/>',
  },
  'an array formula': {
    rows: '<row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2*2</f><v>2</v></c><c r="B1"><v>1</v></c></row><row r="2"><c r="A2"><v>4</v></c><c r="B2"><v>2</v></c></row>',
  },
  'merged cells': { after: '<mergeCells count="1"><mergeCell ref="D1:F2"/></mergeCells>' },
  'frozen panes': {
    head: '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews><cols><col min="1" max="1" width="22" customWidth="1"/><col min="4" max="4" width="0" hidden="1" customWidth="1"/></cols>',
  },
  'conditional formats': {
    after:
      '<conditionalFormatting sqref="B2:B3"><cfRule type="cellIs" priority="1" operator="greaterThan"><formula>2</formula></cfRule></conditionalFormatting><conditionalFormatting sqref="B2:B3"><cfRule type="dataBar" priority="2"><dataBar><cfvo type="min"/><cfvo type="max"/><color rgb="FF638EC6"/></dataBar></cfRule></conditionalFormatting>',
  },
  'data validation': {
    after:
      '<dataValidations count="1"><dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="A2:A3"><formula1>"Tea,Milk,Zebrafink"</formula1></dataValidation></dataValidations>',
  },
  hyperlinks: {
    after:
      '<hyperlinks><hyperlink ref="A2" r:id="rIdLink"/><hyperlink ref="A3" location="Data!B4" display="the sum"/></hyperlinks>',
    sheetRelations: [['rIdLink', 'hyperlink', 'https://example.org/tea', true]],
  },
  'a table': {
    after: '<tableParts count="1"><tablePart r:id="rIdTable"/></tableParts>',
    sheetRelations: [['rIdTable', 'table', '../tables/table1.xml']],
    parts: {
      'xl/tables/table1.xml': `<table xmlns="${main}" id="1" name="Prices" displayName="Prices" ref="A1:B3" totalsRowShown="0"><autoFilter ref="A1:B3"/><tableColumns count="2"><tableColumn id="1" name="Item"/><tableColumn id="2" name="Price"/></tableColumns><tableStyleInfo name="TableStyleMedium2" showRowStripes="1"/></table>`,
    },
    types: { 'xl/tables/table1.xml': `${sheetType}.table+xml` },
  },
  'a filter': {
    after:
      '<autoFilter ref="A1:B4"><filterColumn colId="0"><filters><filter val="Tea"/></filters></filterColumn></autoFilter>',
  },
  'defined names': {
    bookAfter:
      '<definedNames><definedName name="Prices">Data!$B$2:$B$3</definedName><definedName name="_xlnm.Print_Area" localSheetId="0">Data!$A$1:$B$4</definedName></definedNames>',
    rows: `<row r="1">${text('A1', 'Sum')}<c r="B1"><f>SUM(Prices)</f><v>5</v></c></row><row r="2"><c r="B2"><v>3</v></c></row><row r="3"><c r="B3"><v>2</v></c></row>`,
  },
  'headers, footers and print settings': {
    after:
      '<printOptions gridLines="1"/><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape"/><headerFooter><oddHeader>&amp;CPrices</oddHeader><oddFooter>&amp;P of &amp;N</oddFooter></headerFooter><rowBreaks count="1" manualBreakCount="1"><brk id="2" max="16383" man="1"/></rowBreaks>',
  },
  'a picture': {
    after: '<drawing r:id="rIdDrawing"/>',
    sheetRelations: [['rIdDrawing', 'drawing', '../drawings/drawing1.xml']],
    parts: {
      'xl/drawings/drawing1.xml': anchored(
        '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Picture"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>',
      ),
      'xl/drawings/_rels/drawing1.xml.rels': rels(
        `<Relationship Id="rId1" Type="${office}/image" Target="../media/image1.png"/>`,
      ),
      'xl/media/image1.png': picture,
    },
    types: { '.png': 'image/png', 'xl/drawings/drawing1.xml': drawingType },
  },
  'a chart': {
    after: '<drawing r:id="rIdDrawing"/>',
    sheetRelations: [['rIdDrawing', 'drawing', '../drawings/drawing1.xml']],
    parts: {
      'xl/drawings/drawing1.xml': anchored(
        '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="Chart"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame>',
      ),
      'xl/drawings/_rels/drawing1.xml.rels': rels(
        `<Relationship Id="rId1" Type="${office}/chart" Target="../charts/chart1.xml"/>`,
      ),
      'xl/charts/chart1.xml': chart,
    },
    types: {
      'xl/drawings/drawing1.xml': drawingType,
      'xl/charts/chart1.xml': 'application/vnd.openxmlformats-officedocument.drawingml.chart+xml',
    },
  },
  comments: {
    after: '<legacyDrawing r:id="rIdNotes"/>',
    sheetRelations: [
      ['rIdComments', 'comments', '../comments1.xml'],
      ['rIdNotes', 'vmlDrawing', '../drawings/vmlDrawing1.vml'],
    ],
    parts: {
      'xl/comments1.xml': `<comments xmlns="${main}"><authors><author>Ann</author></authors><commentList><comment ref="B2" authorId="0"><text><r><t>Too much for tea</t></r></text></comment></commentList></comments>`,
      'xl/drawings/vmlDrawing1.vml':
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s1025" type="#_x0000_t202" style="visibility:hidden" o:insetmode="auto"><x:ClientData ObjectType="Note"><x:Row>1</x:Row><x:Column>1</x:Column></x:ClientData></v:shape></xml>',
    },
    types: {
      '.vml': 'application/vnd.openxmlformats-officedocument.vmlDrawing',
      'xl/comments1.xml': `${sheetType}.comments+xml`,
    },
  },
  'an embedded object': {
    after: '<oleObjects><oleObject progId="Package" shapeId="1025" r:id="rIdObject"/></oleObjects>',
    sheetRelations: [['rIdObject', 'oleObject', '../embeddings/oleObject1.bin']],
    parts: { 'xl/embeddings/oleObject1.bin': new TextEncoder().encode('an object') },
    types: { '.bin': 'application/vnd.openxmlformats-officedocument.oleObject' },
  },
  sparklines: {
    after:
      '<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:sparklineGroups xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:sparklineGroup><x14:sparklines><x14:sparkline><xm:f>Data!B2:B3</xm:f><xm:sqref>C2</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst>',
  },
  'a pivot table': {
    rows: `<row r="1">${text('A1', 'Item')}${text('B1', 'Price')}${text('D1', 'Row Labels')}${text('E1', 'Sum of Price')}</row><row r="2">${text('A2', 'Tea')}<c r="B2"><v>3</v></c>${text('D2', 'Tea')}<c r="E2"><v>3</v></c></row>`,
    sheetRelations: [['rIdPivot', 'pivotTable', '../pivotTables/pivotTable1.xml']],
    bookAfter: '<pivotCaches><pivotCache cacheId="1" r:id="rIdCache"/></pivotCaches>',
    bookRelations: [['rIdCache', 'pivotCacheDefinition', 'pivotCache/pivotCacheDefinition1.xml']],
    parts: {
      'xl/pivotTables/pivotTable1.xml': `<pivotTableDefinition xmlns="${main}" name="Pivot" cacheId="1" dataCaption="Values"><location ref="D1:E2" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields count="2"><pivotField axis="axisRow" showAll="0"><items count="1"><item x="0"/></items></pivotField><pivotField dataField="1" showAll="0"/></pivotFields><rowFields count="1"><field x="0"/></rowFields><dataFields count="1"><dataField name="Sum of Price" fld="1"/></dataFields></pivotTableDefinition>`,
      'xl/pivotTables/_rels/pivotTable1.xml.rels': rels(
        `<Relationship Id="rId1" Type="${office}/pivotCacheDefinition" Target="../pivotCache/pivotCacheDefinition1.xml"/>`,
      ),
      'xl/pivotCache/pivotCacheDefinition1.xml': `<pivotCacheDefinition xmlns="${main}" refreshOnLoad="0" recordCount="0"><cacheSource type="worksheet"><worksheetSource ref="A1:B2" sheet="Data"/></cacheSource><cacheFields count="2"><cacheField name="Item"><sharedItems count="1"><s v="Tea"/></sharedItems></cacheField><cacheField name="Price"><sharedItems containsNumber="1" containsString="0" minValue="3" maxValue="3"/></cacheField></cacheFields></pivotCacheDefinition>`,
    },
    types: {
      'xl/pivotTables/pivotTable1.xml': `${sheetType}.pivotTable+xml`,
      'xl/pivotCache/pivotCacheDefinition1.xml': `${sheetType}.pivotCacheDefinition+xml`,
    },
  },
  'another workbook referred to': {
    rows: '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>[1]Rates!$A$1*A1</f><v>2</v></c></row>',
    bookAfter: '<externalReferences><externalReference r:id="rIdOutside"/></externalReferences>',
    bookRelations: [['rIdOutside', 'externalLink', 'externalLinks/externalLink1.xml']],
    parts: {
      'xl/externalLinks/externalLink1.xml': `<externalLink xmlns="${main}"><externalBook xmlns:r="${office}" r:id="rId1"><sheetNames><sheetName val="Rates"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1"><v>2</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>`,
      'xl/externalLinks/_rels/externalLink1.xml.rels': rels(
        `<Relationship Id="rId1" Type="${office}/externalLinkPath" Target="rates.xlsx" TargetMode="External"/>`,
      ),
    },
    types: { 'xl/externalLinks/externalLink1.xml': `${sheetType}.externalLink+xml` },
  },
  'a protected sheet with open cells': {
    styles,
    rows: `<row r="1">${text('A1', 'Closed')}<c r="B1" s="4"><v>1</v></c></row>`,
    after: '<sheetProtection sheet="1" objects="1" scenarios="1"/>',
  },
  'a protected sheet': { after: '<sheetProtection sheet="1" objects="1" scenarios="1"/>' },
  'days from 1904': { properties: '<workbookPr date1904="1"/>' },
  'signed workbook': {
    parts: { '_xmlsignatures/sig1.xml': '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>' },
  },
  'macros.xlsm': {
    bookRelations: [
      ['rIdMacros', 'http://schemas.microsoft.com/office/2006/relationships/vbaProject', 'vbaProject.bin'],
    ],
    parts: { 'xl/vbaProject.bin': new TextEncoder().encode('Sub Workbook_Open()') },
    types: { '.bin': 'application/vnd.ms-office.vbaProject' },
  },
}
