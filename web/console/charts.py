"""Charts as SVG, drawn from numbers; the page says the same as a table."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP = 720, 220, 44, 26, 12


def lines(series: Sequence[tuple[str, Sequence[float]]], labels: Sequence[str], title: str) -> Markup:
    """One or two lines over days. The second one is dashed, so that colour is not the only sign."""
    most = max((value for _, values in series for value in values), default=0) or 1
    wide, high = _WIDTH - _LEFT - 10, _HEIGHT - _BOTTOM - _TOP
    step = wide / max(1, len(labels) - 1)
    parts = [_axis(most, high)]
    for mark, (_, values) in zip("ab", series, strict=False):
        points = " ".join(
            f"{_LEFT + i * step:.1f},{_TOP + high - value / most * high:.1f}"
            for i, value in enumerate(values)
        )
        parts.append(f'<polyline class="line-{mark}" points="{points}"/>')
    for i in sorted({0, len(labels) // 2, len(labels) - 1}):
        anchor = "start" if i == 0 else "end" if i == len(labels) - 1 else "middle"
        if labels:
            place = f'x="{_LEFT + i * step:.1f}" y="{_HEIGHT - 6}" text-anchor="{anchor}"'
            parts.append(f"<text {place}>{escape(labels[i])}</text>")
    return _svg(parts, title, _HEIGHT)


def bars(rows: Sequence[tuple[str, float]], title: str) -> Markup:
    """A bar for each row, with its name and number."""
    most = max((value for _, value in rows), default=0) or 1
    parts = []
    for i, (name, value) in enumerate(rows):
        y = 8 + i * 28
        wide = value / most * (_WIDTH - 260)
        parts.append(f'<text x="190" y="{y + 15}" text-anchor="end">{escape(_short(name))}</text>')
        parts.append(f'<rect class="mark-a" x="198" y="{y}" width="{max(wide, 1):.1f}" height="20" rx="3"/>')
        parts.append(f'<text x="{204 + wide:.1f}" y="{y + 15}">{value:,.0f}</text>')
    return _svg(parts, title, 16 + 28 * len(rows))


def _axis(most: float, high: float) -> str:
    base = _TOP + high
    return (
        f'<line class="axis" x1="{_LEFT}" y1="{base}" x2="{_WIDTH - 10}" y2="{base}"/>'
        f'<line class="axis" x1="{_LEFT}" y1="{_TOP}" x2="{_WIDTH - 10}" y2="{_TOP}"/>'
        f'<text x="{_LEFT - 6}" y="{_TOP + 5}" text-anchor="end">{most:,.0f}</text>'
        f'<text x="{_LEFT - 6}" y="{base + 4}" text-anchor="end">0</text>'
    )


def _svg(parts: Sequence[str], title: str, height: int) -> Markup:
    inside = "".join(parts)
    about = f'viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(title)}"'
    return Markup(f'<svg class="chart" {about}>{inside}</svg>')


def _short(name: str) -> str:
    return name if len(name) <= 28 else name[:27] + "…"
