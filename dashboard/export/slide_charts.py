"""Charts that the reader of slides can edit: the numbers lie in a workbook inside the file."""

import math
from datetime import date
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard import theme
from dashboard.export.number_formats import GENERAL, of_written
from dashboard.export.plain_chart import PlainChart, Series
from dashboard.printable import printable
from dashboard.say import Say

SIZE, TITLE_SIZE, SUBTITLE_SIZE = 13, 16, 11
BESIDE_ROWS = 150
"""Of a chart's height, which title and axis take from its rows."""
DATES = 8
"""At most so many stand along an axis."""
_JOINER = "\u2060"
_MEANT = ("=", "{=", "http", "ftp", "mailto:", "internal:", "external:")
"""How texts begin that the writer of the workbook takes for a formula or a link."""
_TYPES = {
    ("bar", True, True): XL_CHART_TYPE.COLUMN_STACKED,
    ("bar", True, False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    ("bar", False, True): XL_CHART_TYPE.BAR_STACKED,
    ("bar", False, False): XL_CHART_TYPE.BAR_CLUSTERED,
    ("line", True, False): XL_CHART_TYPE.LINE_MARKERS,
    ("area", True, False): XL_CHART_TYPE.AREA,
    ("area", True, True): XL_CHART_TYPE.AREA_STACKED,
}


def add_chart(
    slide: Any, plain: PlainChart, box: tuple[float, float, float, float], ink: dict[str, str], say: Say
) -> Any:
    """The chart in a place of a slide (points), in the colours of a mode; the shape."""
    data = CategoryChartData(number_format=plain.value_format)  # type: ignore[no-untyped-call]
    data.categories = [_text(one) if isinstance(one, str) else one for one in plain.categories]
    for one in plain.series:
        data.add_series(_text(one.name), one.values)  # type: ignore[no-untyped-call]
    kind = _TYPES[plain.mark, plain.is_upright, plain.is_stacked]
    shape = slide.shapes.add_chart(kind, *(Pt(length) for length in box), data)
    chart = shape.chart
    _write_in(chart, min(SIZE, _room(plain, box[3])), ink["text"], say)
    _clear(chart)
    _entitle(chart, plain, ink, say)
    chart.has_legend = plain.has_legend
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        chart.legend.font.size = Pt(SIZE)
    _axes(chart, plain, ink)
    if plain.is_of_times:
        _date(chart.category_axis, plain)
    else:
        _name(chart.category_axis, plain)
    _paint(chart, plain)
    for drawn, one in zip(chart.plots[0].series, plain.series, strict=True):
        if any(one.labels):
            _label(drawn, one, say)
    return shape


def _room(plain: PlainChart, height: float) -> float:
    """The type that the rows of a chart leave room for, in points."""
    return SIZE if plain.is_upright else (height - BESIDE_ROWS) / len(plain.categories) / 1.2


def _write_in(chart: Any, size: float, colour: str, say: Say) -> None:
    """One font for all that the chart writes, with a Chinese one beside it."""
    chart.font.size, chart.font.color.rgb = Pt(size), _rgb(colour)
    _name_fonts(chart.font._rPr, say)


def _name_fonts(properties: Any, say: Say) -> None:
    properties.set("lang", say("export.formats.tag"))
    for script, family in (("latin", theme.SLIDE_FONT), ("ea", theme.SLIDE_FONT_CHINESE)):
        properties.append(parse_xml(f'<a:{script} {nsdecls("a")} typeface="{family}"/>'))


def _clear(chart: Any) -> None:
    """No ground of its own: it stands on the slide's. Lines go on between dates that other lines have."""
    space = chart._chartSpace
    ground = parse_xml(f"<c:spPr {nsdecls('c', 'a')}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>")
    space.find(qn("c:chart")).addnext(ground)
    for blanks in space.iter(qn("c:dispBlanksAs")):
        blanks.set("val", "span")


def _entitle(chart: Any, plain: PlainChart, ink: dict[str, str], say: Say) -> None:
    """Title and what stands under it, as in the picture, whose honesty goes along when the chart is copied."""
    chart.has_title = True
    frame = chart.chart_title.text_frame
    lines = [(line, True) for line in plain.title] + [(" · ".join(plain.subtitle), False)]
    for place, (line, is_heading) in enumerate(pair for pair in lines if pair[0]):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = printable(line)
        run.font.size, run.font.bold = Pt(TITLE_SIZE if is_heading else SUBTITLE_SIZE), is_heading
        run.font.color.rgb = _rgb(ink["text" if is_heading else "quiet"])
        _name_fonts(run.font._rPr, say)
    chart.chart_title.include_in_layout = False


def _axes(chart: Any, plain: PlainChart, ink: dict[str, str]) -> None:
    along, values = chart.category_axis, chart.value_axis
    for axis, title in ((along, plain.category_title), (values, plain.value_title)):
        axis.format.line.color.rgb = _rgb(ink["grid"])
        axis.has_title = bool(title)
        if title:
            run = axis.axis_title.text_frame.paragraphs[0].add_run()
            run.text = printable(title)
            run.font.size, run.font.bold, run.font.color.rgb = Pt(SIZE), False, _rgb(ink["quiet"])
    along.has_major_gridlines, values.has_major_gridlines = False, True
    values.major_gridlines.format.line.color.rgb = _rgb(ink["grid"])
    values.minimum_scale, values.maximum_scale, values.major_unit = plain.least, plain.most, plain.step
    values.tick_labels.font.size = Pt(SIZE)
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = plain.value_format, False


def _date(axis: Any, plain: PlainChart) -> None:
    """A few dates along the axis; one place for each month, so that a bar is as wide as its month, not as a day of it."""
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = plain.time_format, False
    first, last = plain.categories[0], plain.categories[-1]
    assert isinstance(first, date) and isinstance(last, date)
    days = (last - first).days
    unit, every = ("months", days / 30.4) if days > DATES * 31 else ("days", float(days))
    base = "months" if all(isinstance(day, date) and day.day == 1 for day in plain.categories) else "days"
    step = max(1, math.ceil(every / DATES))
    before = axis._element.find(qn("c:lblOffset"))
    for tag in ("c:baseTimeUnit", "c:majorUnit", "c:majorTimeUnit"):
        for old in axis._element.findall(qn(tag)):
            axis._element.remove(old)
    for tag, value in reversed((("baseTimeUnit", base), ("majorUnit", step), ("majorTimeUnit", unit))):
        before.addnext(parse_xml(f'<c:{tag} {nsdecls("c")} val="{value}"/>'))


def _name(axis: Any, plain: PlainChart) -> None:
    """Every name, from the top."""
    axis._element.find(qn("c:lblOffset")).addnext(parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>'))
    if not plain.is_upright:
        axis.reverse_order = True  # such programs begin at the bottom
        axis._element.getparent().find(qn("c:valAx")).find(qn("c:crosses")).set("val", "max")


def _paint(chart: Any, plain: PlainChart) -> None:
    plot = chart.plots[0]
    if plain.mark == "bar":
        is_one_each = not plain.is_stacked and len(plain.series) > 1 and _never_beside(plain)
        plot.gap_width, plot.overlap = 40, 100 if plain.is_stacked or is_one_each else 0
    for drawn, one in zip(plot.series, plain.series, strict=True):
        first = one.colours[0]
        if plain.mark == "line":
            drawn.smooth = False
            drawn.format.line.color.rgb, drawn.format.line.width = _rgb(first), Pt(2.5)
            _mark(drawn.marker, first, plain.has_points)
            continue
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = _rgb(first)
        if len(set(one.colours)) > 1:
            for place, colour in enumerate(one.colours):
                fill = drawn.points[place].format.fill
                fill.solid()
                fill.fore_color.rgb = _rgb(colour)


def _mark(marker: Any, colour: str, is_seen: bool) -> None:
    marker.style = XL_MARKER_STYLE.CIRCLE if is_seen else XL_MARKER_STYLE.NONE
    if is_seen:
        marker.size = 6
        marker.format.fill.solid()
        marker.format.fill.fore_color.rgb = _rgb(colour)
        marker.format.line.color.rgb = _rgb(colour)


def _never_beside(plain: PlainChart) -> bool:
    """Whether no category has values of two series: they are names of colours then, and need no room beside each other."""
    columns = zip(*(one.values for one in plain.series), strict=True)
    return all(sum(number is not None for number in column) <= 1 for column in columns)


def _label(drawn: Any, one: Series, say: Say) -> None:
    """The number at the end of each bar: written by its format, so that it follows when somebody edits it."""
    for place, (text, value) in enumerate(zip(one.labels, one.values, strict=True)):
        if not text or value is None:
            continue
        label = drawn.points[place].data_label
        label.position = XL_LABEL_POSITION.OUTSIDE_END
        form = of_written(text, value, say.units())
        if form is None:
            label.text_frame.text = printable(text)
            continue
        element = label._dLbl
        element.find(qn("c:idx")).addnext(
            parse_xml(f'<c:numFmt {nsdecls("c")} formatCode="{_quoted(form)}" sourceLinked="0"/>')
        )


def _quoted(form: str) -> str:
    return (form or GENERAL).replace("&", "&amp;").replace('"', "&quot;").replace(">", "&gt;")


def _text(words: str) -> str:
    """Words as words: nothing that a stranger wrote becomes a formula or a link in the workbook."""
    said = printable(words).replace("\n", " ")
    return _JOINER + said if said.startswith(_MEANT) else said


def _rgb(colour: str) -> RGBColor:
    rgb: RGBColor = RGBColor.from_string(colour[1:])  # type: ignore[no-untyped-call]
    return rgb
