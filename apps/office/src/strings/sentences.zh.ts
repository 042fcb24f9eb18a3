import type { Sentences } from './sentences.ts'

/** What documents are refused with, in Chinese. */
export const sentencesZh: Sentences = {
  'Documents of this type are not opened for their text.': '此类文档不能以文字方式打开。',
  'Saving this would change “{0}”, which was not edited.': '保存会改变未经编辑的“{0}”。',
  'Saving this would change a paragraph that was not edited.': '保存会改变未经编辑的段落。',
  'Saving this would take away a picture, a field or a line break.': '保存会丢失图片、域或换行。',
  'This presentation is digitally signed. A change would make the signature invalid.':
    '此演示文稿带有数字签名。修改会使签名失效。',
  'This document is protected by a password, so it cannot be opened here.': '此文档受密码保护，无法在此打开。',
  'This document is digitally signed. A change would make the signature invalid.':
    '此文档带有数字签名。修改会使签名失效。',
  'This document has tracked changes, which are not kept up here.': '此文档带有修订记录，此处无法继续维护。',
  'This document is damaged: {0}.': '此文档已损坏{names}。',
  'This document has become too large to be saved.': '此文档已变得过大，无法保存。',
  'This document is too large to be opened here.': '此文档过大，无法在此打开。',
  'This document {0}, which cannot be opened here.': '此文档的打包方式无法在此打开。',
  'This document is protected by a password, or in the format of Office 97: neither can be opened here.':
    '此文档受密码保护，或为 Office 97 格式：两者都无法在此打开。',
  'This document is protected by a password.': '此文档受密码保护。',
  'This cannot be saved: too much was put into this PDF.': '无法保存：添加到此 PDF 的内容过多。',
  'This cannot be saved: the changes do not fit to this PDF.': '无法保存：这些更改与此 PDF 不符。',
  'This cannot be saved: the PDF would not open as it did before.': '无法保存：此 PDF 将不能像之前那样打开。',
  'This cannot be saved: the changes belong to another state of this PDF.': '无法保存：这些更改属于此 PDF 的另一状态。',
  'It is protected by a password.': '它受密码保护。',
  'It takes too long, or too much memory, to be looked through.': '检查它需要过多时间或内存。',
  'It is signed, and a change would break the signature.': '它带有签名，修改会使签名失效。',
  'It is damaged, and is shown as well as possible.': '它已损坏，此处尽可能显示。',
  'It is encrypted.': '它已加密。',
  'Its form (XFA) can be filled only in the program it was made for.': '其表单 (XFA) 只能在其专用程序中填写。',
  'This document takes too long, or too much memory, to be read here. You can download it.':
    '在此读取此文档需要过多时间或内存。您可以下载它。',
  'This cannot be saved: the document would lose {0}.': '无法保存：文档会丢失一部分{names}。',
  'This document is signed. Any change would break its signature, so it is only shown.':
    '此文档带有签名。任何修改都会使签名失效，因此仅供查看。',
  'This document is written in a form of the format (“Strict”) that is shown here, but not changed.':
    '此文档采用“Strict”格式，此处只能查看，不能修改。',
  'This document takes in another document as a whole (“altChunk”), which is not shown here, so it is not changed.':
    '此文档整体嵌入了另一文档 (“altChunk”)，此处不显示，因此不作修改。',
  'Whoever wrote this document has protected it from changes.': '此文档的作者已禁止修改。',
  'This document is built in a way that this editor mixes up.': '此文档的结构会被此编辑器打乱。',
  'This cannot be saved: something was deleted that this editor does not fully understand.':
    '无法保存：删除了此编辑器不能完全理解的内容。',
  'This cannot be saved: the change to “{0}” cannot be kept.': '无法保存：对“{0}”的更改无法保留。',
  'This cannot be saved: something was added that this editor cannot store.':
    '无法保存：添加了此编辑器无法存储的内容。',
  'This cannot be saved: the editor has lost a part of the document.': '无法保存：编辑器丢失了文档的一部分。',
  'This cannot be saved: something that was deleted is made by another part of the document.':
    '无法保存：被删除的内容由文档的另一部分生成。',
  'This cannot be saved: a paragraph was deleted that holds something this editor does not show.':
    '无法保存：被删除的段落含有此编辑器不显示的内容。',
  'This cannot be saved: a picture or shape was changed that this editor does not fully understand.':
    '无法保存：修改了此编辑器不能完全理解的图片或形状。',
  'This cannot be saved: {0}.': '无法保存，否则会丢失内容{names}。',
  'This document has more than {0} {1}, which is more than can be shown here. Download it to open it with another program.':
    '此文档内容过多，无法在此显示。请下载后用其他程序打开。',
  'This document has pages without room for text, which cannot be shown here. Download it to open it with another program.':
    '此文档的页面没有容纳文字的空间，无法在此显示。请下载后用其他程序打开。',
  'This document declares a document type, which office documents must not.':
    '此文档声明了文档类型，办公文档不允许这样做。',
  'This document is nested too deeply, or has too many elements.': '此文档嵌套过深，或元素过多。',
  'This workbook is not saved, because it would have more styles than programs take.':
    '未保存此工作簿，因为其样式数量会超出程序所能接受的范围。',
  'This workbook is not saved, because {0}. Download your changes to keep them.':
    '未保存此工作簿，因为这会改变其他内容{names}。请下载您的更改以便保留。',
  'This workbook is digitally signed. A change would make the signature invalid.':
    '此工作簿带有数字签名。修改会使签名失效。',
  'This workbook is shared in the old way, with a journal of changes that cannot be kept up here.':
    '此工作簿以旧方式共享，其更改日志无法在此维护。',
  'This workbook counts days from 1904, as old Macs did it. Dates typed here would be four years off.':
    '此工作簿像旧版 Mac 那样从 1904 年起计算日期。在此输入的日期会相差四年。',
  'This workbook is too large to be changed here. Of “{0}” not all rows are shown.':
    '此工作簿过大，无法在此修改。“{0}”未显示所有行。',
  'This document spells “{0}” in UTF-16, which is not read here.': '此文档的“{0}”采用 UTF-16，此处无法读取。',
  'This document declares XML entities, which are never read here.': '此文档声明了 XML 实体，此处从不读取。',
  'The text of this document takes up more than can be shown here. Download it to open it with another program.':
    '此文档的文字过多，无法在此显示。请下载后用其他程序打开。',
  'OpenDocument spreadsheets are shown here, and not changed.': 'OpenDocument 电子表格在此仅供查看，不作修改。',
  'Of “{0}” not all rows are shown.': '“{0}”未显示所有行。',
}
