export { type Conversion, ConversionError, type Converter, type Target } from './converter.ts'
export { findSoffice } from './find-soffice.ts'
export { type LibreOfficeOptions, libreOffice } from './libre-office.ts'
