/* paper_docx.c - a paper as the smallest Word document that says all of it: styles, lists, direction, language. */
#include <string.h>
#include <zip.h>

#include "core/ctx.h"
#include "document/paper_writer.h"

#define PART_MAX   ((size_t)16 * 1024 * 1024)
#define WORD_NS    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define HEAD       "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define OFFICE     "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define PACKAGE_NS "http://schemas.openxmlformats.org/package/2006/"
#define TEXT_TAB   9638 /* twentieths of a point: the text's width on A4 with these margins */

static const char types[] = HEAD
    "<Types xmlns=\"" PACKAGE_NS
    "content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package"
    ".relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override "
    "PartName=\"/word/document.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/><Override "
    "PartName=\"/word/styles.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>"
    "<Override PartName=\"/word/numbering.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml"
    ".numbering+xml\"/><Override PartName=\"/docProps/core.xml\" "
    "ContentType=\"application/vnd.openxmlformats-package.core-"
    "properties+xml\"/></Types>";

static const char package_relations[] = HEAD
    "<Relationships xmlns=\"" PACKAGE_NS "relationships\"><Relationship Id=\"r1\" Type=\"" OFFICE "officeDocument\" "
    "Target=\"word/document.xml\"/><Relationship Id=\"r2\" Type=\"" PACKAGE_NS
    "relationships/metadata/core-properties\" "
    "Target=\"docProps/core.xml\"/></Relationships>";

static const char word_relations[] = HEAD
    "<Relationships xmlns=\"" PACKAGE_NS "relationships\"><Relationship Id=\"r1\" Type=\"" OFFICE
    "styles\" Target=\"styles.xml\"/>"
    "<Relationship Id=\"r2\" Type=\"" OFFICE "numbering\" Target=\"numbering.xml\"/></Relationships>";

static const char numbering[] = HEAD
    "<w:numbering " WORD_NS
    "><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/><w:lvlText "
    "w:val=\"•\"/><w:pPr><w:ind w:left=\"360\" w:hanging=\"240\"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId=\"1\">"
    "<w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";

#define STYLE(id, name, paragraph, run)                                                                                \
	"<w:style w:type=\"paragraph\" w:styleId=\"" id "\"><w:name w:val=\"" name                                     \
	"\"/><w:basedOn w:val=\"Normal\"/><w:pPr>" paragraph "</w:pPr><w:rPr>" run "</w:rPr></w:style>"
#define SIZE(half_points) "<w:sz w:val=\"" half_points "\"/><w:szCs w:val=\"" half_points "\"/>"
#define BOLD              "<w:b/><w:bCs/>"
#define GREY              "<w:color w:val=\"505050\"/>"
#define ABOVE(twentieths) "<w:spacing w:before=\"" twentieths "\" w:after=\"0\"/>"

static const char styles_head[] = HEAD
    "<w:styles " WORD_NS "><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Noto Sans\" w:hAnsi=\"Noto Sans\" "
    "w:cs=\"Noto Sans Hebrew\"/>" SIZE("20") "<w:lang w:val=\"";
static const char styles_rest[] =
    "\"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" "
    "w:styleId=\"Normal\"><w:name "
    "w:val=\"Normal\"/><w:pPr>" ABOVE("40") "</w:pPr></w:style>" STYLE("Title", "Title", "", BOLD SIZE("40"))
	STYLE("Contact", "Contact", ABOVE("20"), GREY SIZE("19"))
	    STYLE("Heading1", "heading 1",
		  "<w:keepNext/><w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:color=\"999999\"/></w:pBdr>" ABOVE(
		      "240") "<w:outlineLvl w:val=\"0\"/>",
		  BOLD SIZE("24")) STYLE("Heading2", "heading 2",
					 "<w:keepNext/>" ABOVE("140") "<w:outlineLvl w:val=\"1\"/>", BOLD SIZE("21"))
		STYLE("Place", "Place", "<w:keepNext/>" ABOVE("20"), GREY)
		    STYLE("ListBullet", "List Bullet", "<w:numPr><w:numId w:val=\"1\"/></w:numPr>", "") "</w:styles>";

static const char *const style_ids[] = {
	[CVP_BLOCK_NAME] = "Title",        [CVP_BLOCK_LINE] = "Contact", [CVP_BLOCK_HEADING] = "Heading1",
	[CVP_BLOCK_PAIR] = "Heading2",     [CVP_BLOCK_SUB] = "Place",    [CVP_BLOCK_TEXT] = "Normal",
	[CVP_BLOCK_BULLET] = "ListBullet",
};

/* Text in XML; what XML has no place for is left out. */
static void
put_escaped(struct cvp_buf *xml, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '&')
			cvp_buf_text(xml, "&amp;");
		else if (*text == '<')
			cvp_buf_text(xml, "&lt;");
		else if (*text == '>')
			cvp_buf_text(xml, "&gt;");
		else if ((unsigned char)*text >= ' ')
			cvp_buf_char(xml, *text);
		else
			cvp_buf_char(xml, ' ');
	}
}

static void
put_run(struct cvp_buf *xml, const char *text, bool is_rtl)
{
	cvp_buf_text(xml, "<w:r>");
	if (is_rtl)
		cvp_buf_text(xml, "<w:rPr><w:rtl/></w:rPr>");
	cvp_buf_text(xml, "<w:t xml:space=\"preserve\">");
	put_escaped(xml, text);
	cvp_buf_text(xml, "</w:t></w:r>");
}

static void
put_paragraph(struct cvp_buf *xml, const struct cvp_paper *paper, enum cvp_block kind, const char *left,
	      const char *right)
{
	cvp_buf_printf(xml, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>", style_ids[kind]);
	if (*right != '\0')
		cvp_buf_printf(xml, "<w:tabs><w:tab w:val=\"right\" w:pos=\"%d\"/></w:tabs>", TEXT_TAB);
	if (kind == CVP_BLOCK_BULLET)
		cvp_buf_text(xml, "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>");
	cvp_buf_text(xml, paper->is_rtl ? "<w:bidi/></w:pPr>" : "</w:pPr>");
	put_run(xml, left, paper->is_rtl);
	if (*right != '\0') {
		cvp_buf_text(xml, "<w:r><w:tab/></w:r>");
		put_run(xml, right, paper->is_rtl);
	}
	cvp_buf_text(xml, "</w:p>");
}

static void
put_document(struct cvp_buf *xml, const struct cvp_paper *paper)
{
	cvp_buf_text(xml, HEAD "<w:document " WORD_NS "><w:body>");
	for (size_t i = 0; i < json_array_size(paper->blocks); i++) {
		const char *left, *right;
		enum cvp_block kind = cvp_paper_block(paper, i, &left, &right);

		put_paragraph(xml, paper, kind, left, right);
	}
	cvp_buf_text(xml, "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" "
			  "w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>");
	cvp_buf_text(xml, paper->is_rtl ? "<w:bidi/></w:sectPr></w:body></w:document>"
					: "</w:sectPr></w:body></w:document>");
}

static void
put_properties(struct cvp_buf *xml, const struct cvp_paper *paper)
{
	cvp_buf_text(xml,
		     HEAD "<cp:coreProperties xmlns:cp=\"" PACKAGE_NS "metadata/core-properties\" "
			  "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
			  "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>");
	put_escaped(xml, paper->title);
	cvp_buf_text(xml, "</dc:title><dc:language>");
	put_escaped(xml, paper->language);
	cvp_buf_text(xml, "</dc:language><dcterms:created xsi:type=\"dcterms:W3CDTF\">");
	put_escaped(xml, paper->made_at);
	cvp_buf_text(xml, "</dcterms:created></cp:coreProperties>");
}

static void
put_styles(struct cvp_buf *xml, const struct cvp_paper *paper)
{
	cvp_buf_text(xml, styles_head);
	put_escaped(xml, paper->language);
	if (paper->is_rtl)
		cvp_buf_text(xml, "\" w:bidi=\"he-IL");
	cvp_buf_text(xml, styles_rest);
}

/* Entries of one fixed time: equal papers give equal files. */
static bool
add_part(zip_t *archive, const char *name, const char *bytes, size_t length)
{
	zip_source_t *source = zip_source_buffer(archive, bytes, length, 0);
	zip_int64_t index = source != NULL ? zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8) : -1;

	return index >= 0 && zip_file_set_dostime(archive, (zip_uint64_t)index, 0, 0x21, 0) == 0;
}

static bool
read_archive(zip_source_t *source, struct cvp_buf *out)
{
	zip_stat_t stat;
	char *room;
	bool is_read;

	if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0)
		return false;
	room = cvp_buf_reserve(out, stat.size);
	is_read = room != NULL && zip_source_read(source, room, stat.size) == (zip_int64_t)stat.size;
	zip_source_close(source);
	if (is_read)
		cvp_buf_used(out, stat.size);
	return is_read;
}

static bool
pack(struct cvp_buf *document, struct cvp_buf *styles, struct cvp_buf *properties, struct cvp_buf *out)
{
	zip_error_t error;
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *archive = source != NULL ? zip_open_from_source(source, ZIP_TRUNCATE, &error) : NULL;
	bool is_done;

	if (archive == NULL)
		return false;
	zip_source_keep(source);
	is_done = add_part(archive, "[Content_Types].xml", types, sizeof(types) - 1) &&
		  add_part(archive, "_rels/.rels", package_relations, sizeof(package_relations) - 1) &&
		  add_part(archive, "word/document.xml", document->data, document->length) &&
		  add_part(archive, "word/styles.xml", styles->data, styles->length) &&
		  add_part(archive, "word/numbering.xml", numbering, sizeof(numbering) - 1) &&
		  add_part(archive, "word/_rels/document.xml.rels", word_relations, sizeof(word_relations) - 1) &&
		  add_part(archive, "docProps/core.xml", properties->data, properties->length);
	if (is_done)
		is_done = zip_close(archive) == 0 && read_archive(source, out);
	else
		zip_discard(archive);
	zip_source_free(source);
	return is_done;
}

enum cvp_code
cvp_paper_docx(struct cvp_ctx *ctx, const struct cvp_paper *paper, struct cvp_buf *out)
{
	struct cvp_buf document = CVP_BUF(PART_MAX), styles = CVP_BUF(PART_MAX), properties = CVP_BUF(PART_MAX);
	bool is_done;

	put_document(&document, paper);
	put_styles(&styles, paper);
	put_properties(&properties, paper);
	is_done = !cvp_buf_failed(&document) && pack(&document, &styles, &properties, out);
	cvp_buf_free(&document);
	cvp_buf_free(&styles);
	cvp_buf_free(&properties);
	return is_done ? CVP_OK : cvp_fail(ctx, CVP_INTERNAL_ERROR, "The Word document cannot be packed.");
}
