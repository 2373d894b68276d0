/* paper_pdf.c - sets a paper by Pango and Cairo. */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "core/ctx.h"
#include "document/paper_writer.h"

#define WIDTH  595.276 /* A4 in points */
#define HEIGHT 841.89
#define MARGIN 54.0
#define FONTS  "Noto Sans, Noto Sans Hebrew"
#define INDENT 12.0 /* of a bullet's text */
#define KEEP   46.0 /* room that a heading wants below itself, for what follows */
#define GAP    14.0 /* between the two sides of a pair, at least */

struct style {
	double size, above;
	bool is_bold, is_grey;
};

static const struct style styles[] = {
	[CVP_BLOCK_NAME] = { 20, 0, true, false },     [CVP_BLOCK_LINE] = { 9.5, 1, false, true },
	[CVP_BLOCK_HEADING] = { 12, 12, true, false }, [CVP_BLOCK_PAIR] = { 10.5, 7, true, false },
	[CVP_BLOCK_SUB] = { 10, 1, false, true },      [CVP_BLOCK_TEXT] = { 10, 2, false, false },
	[CVP_BLOCK_BULLET] = { 10, 2, false, false },
};

struct setter {
	const struct cvp_paper *paper;
	cairo_surface_t *surface;
	cairo_t *cairo;
	double y; /* where the next block begins */
	unsigned headings;
};

/* Letters stand where the font has them, on no grid: else words come apart when the text is taken out of the file. */
static void
use_exact_places(PangoLayout *layout)
{
	PangoContext *context = pango_layout_get_context(layout);
	cairo_font_options_t *options = cairo_font_options_create();

	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	pango_cairo_context_set_font_options(context, options);
	cairo_font_options_destroy(options);
	pango_context_set_round_glyph_positions(context, FALSE);
}

/* A ligature comes out of the file as a sign of its own, which no search finds. */
static void
leave_letters_apart(PangoLayout *layout)
{
	PangoAttrList *attributes = pango_attr_list_new();

	pango_attr_list_insert(attributes, pango_attr_font_features_new("liga 0, clig 0, dlig 0"));
	pango_layout_set_attributes(layout, attributes);
	pango_attr_list_unref(attributes);
}

static PangoLayout *
layout_of(struct setter *setter, const struct style *style, const char *text, double width)
{
	PangoLayout *layout = pango_cairo_create_layout(setter->cairo);
	PangoFontDescription *font = pango_font_description_from_string(FONTS);

	pango_font_description_set_absolute_size(font, style->size * PANGO_SCALE);
	pango_font_description_set_weight(font, style->is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	pango_layout_set_width(layout, width < 0 ? -1 : (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_spacing(layout, (int)(style->size * 0.15 * PANGO_SCALE));
	use_exact_places(layout);
	pango_context_set_base_dir(pango_layout_get_context(layout),
				   setter->paper->is_rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
	pango_layout_set_auto_dir(layout, FALSE); /* a paragraph runs as the paper does, whatever it begins with */
	pango_layout_set_alignment(layout, setter->paper->is_rtl ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
	pango_layout_context_changed(layout);
	leave_letters_apart(layout);
	pango_layout_set_text(layout, text, -1);
	return layout;
}

static void
size_of(PangoLayout *layout, double *width, double *height)
{
	int w, h;

	pango_layout_get_size(layout, &w, &h);
	*width = (double)w / PANGO_SCALE;
	*height = (double)h / PANGO_SCALE;
}

static void
new_page(struct setter *setter)
{
	cairo_show_page(setter->cairo);
	setter->y = MARGIN;
}

/* Begins a new page where `height` does not fit; a block higher than a page begins where it is. */
static void
make_room(struct setter *setter, double height)
{
	if (setter->y + height > HEIGHT - MARGIN && setter->y > MARGIN)
		new_page(setter);
}

/* Line by line, so that a long block goes on on the next page. */
static void
draw(struct setter *setter, PangoLayout *layout, double left, const struct style *style)
{
	PangoLayoutIter *iter = pango_layout_get_iter(layout);
	double top = setter->y;

	cairo_set_source_rgb(setter->cairo, style->is_grey ? 0.3 : 0, style->is_grey ? 0.3 : 0,
			     style->is_grey ? 0.3 : 0);
	do {
		PangoRectangle box;
		double y, bottom;

		pango_layout_iter_get_line_extents(iter, NULL, &box);
		bottom = top + (double)(box.y + box.height) / PANGO_SCALE;
		if (bottom > HEIGHT - MARGIN && top + (double)box.y / PANGO_SCALE > MARGIN) {
			new_page(setter);
			top = MARGIN - (double)box.y / PANGO_SCALE;
		}
		y = top + (double)pango_layout_iter_get_baseline(iter) / PANGO_SCALE;
		cairo_move_to(setter->cairo, left + (double)box.x / PANGO_SCALE, y);
		pango_cairo_show_layout_line(setter->cairo, pango_layout_iter_get_line_readonly(iter));
		setter->y = top + (double)(box.y + box.height) / PANGO_SCALE;
	} while (pango_layout_iter_next_line(iter));
	pango_layout_iter_free(iter);
}

/* What stands at the line's end, if there is anything; its width. */
static double
draw_right(struct setter *setter, const struct style *style, const char *text)
{
	struct style light = *style;
	PangoLayout *layout;
	double width, height, y = setter->y;

	if (*text == '\0')
		return 0;
	light.is_bold = false;
	light.size = 10;
	layout = layout_of(setter, &light, text, -1);
	size_of(layout, &width, &height);
	draw(setter, layout, setter->paper->is_rtl ? MARGIN : WIDTH - MARGIN - width, &light);
	g_object_unref(layout);
	setter->y = y;
	return width + GAP;
}

static void
draw_rule(struct setter *setter)
{
	cairo_set_source_rgb(setter->cairo, 0.6, 0.6, 0.6);
	cairo_set_line_width(setter->cairo, 0.6);
	cairo_move_to(setter->cairo, MARGIN, setter->y + 1);
	cairo_line_to(setter->cairo, WIDTH - MARGIN, setter->y + 1);
	cairo_stroke(setter->cairo);
	setter->y += 3;
}

/* The heading and the place a bookmark leads to. */
static void
mark_heading(struct setter *setter, const char *text)
{
	char name[32], link[64];

	snprintf(name, sizeof(name), "name='h%u'", setter->headings);
	snprintf(link, sizeof(link), "dest='h%u'", setter->headings++);
	cairo_tag_begin(setter->cairo, CAIRO_TAG_DEST, name);
	cairo_tag_end(setter->cairo, CAIRO_TAG_DEST);
	cairo_pdf_surface_add_outline(setter->surface, CAIRO_PDF_OUTLINE_ROOT, text, link, CAIRO_PDF_OUTLINE_FLAG_OPEN);
}

/* In right-to-left papers the sides are exchanged by Pango's alignment; only the indent is ours. */
static void
set_block(struct setter *setter, enum cvp_block kind, const char *left, const char *right)
{
	const struct style *style = &styles[kind];
	bool is_rtl = setter->paper->is_rtl;
	double taken, indent = kind == CVP_BLOCK_BULLET ? INDENT : 0, width, height;
	PangoLayout *layout;

	setter->y += setter->y > MARGIN ? style->above : 0;
	make_room(setter, kind == CVP_BLOCK_HEADING || kind == CVP_BLOCK_PAIR ? KEEP : style->size * 1.4);
	if (kind == CVP_BLOCK_HEADING)
		mark_heading(setter, left);
	taken = draw_right(setter, style, right);
	if (kind == CVP_BLOCK_BULLET) {
		PangoLayout *dot = layout_of(setter, style, "•", -1);
		double y = setter->y;

		draw(setter, dot, is_rtl ? WIDTH - MARGIN - 6 : MARGIN + 2, style);
		setter->y = y;
		g_object_unref(dot);
	}
	layout = layout_of(setter, style, left, WIDTH - 2 * MARGIN - taken - indent);
	size_of(layout, &width, &height);
	draw(setter, layout, MARGIN + (is_rtl ? taken : indent), style);
	g_object_unref(layout);
	if (kind == CVP_BLOCK_HEADING)
		draw_rule(setter);
}

static cairo_status_t
write_bytes(void *owner, const unsigned char *bytes, unsigned length)
{
	struct cvp_buf *out = owner;

	cvp_buf_add(out, bytes, length);
	return cvp_buf_failed(out) ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

enum cvp_code
cvp_paper_pdf(struct cvp_ctx *ctx, const struct cvp_paper *paper, struct cvp_buf *out)
{
	struct setter setter = { .paper = paper, .y = MARGIN };
	cairo_status_t status;

	setter.surface = cairo_pdf_surface_create_for_stream(write_bytes, out, WIDTH, HEIGHT);
	cairo_pdf_surface_restrict_to_version(setter.surface, CAIRO_PDF_VERSION_1_4);
	cairo_pdf_surface_set_metadata(setter.surface, CAIRO_PDF_METADATA_TITLE, paper->title);
	cairo_pdf_surface_set_metadata(setter.surface, CAIRO_PDF_METADATA_CREATE_DATE, paper->made_at);
	setter.cairo = cairo_create(setter.surface);
	for (size_t i = 0; i < json_array_size(paper->blocks); i++) {
		const char *left, *right;
		enum cvp_block kind = cvp_paper_block(paper, i, &left, &right);

		set_block(&setter, kind, left, right);
	}
	cairo_show_page(setter.cairo);
	cairo_destroy(setter.cairo);
	cairo_surface_finish(setter.surface);
	status = cairo_surface_status(setter.surface);
	cairo_surface_destroy(setter.surface);
	return status == CAIRO_STATUS_SUCCESS
		   ? CVP_OK
		   : cvp_fail(ctx, CVP_INTERNAL_ERROR, "The PDF cannot be set: %s", cairo_status_to_string(status));
}
