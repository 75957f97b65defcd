"""Charts drawn from numbers as SVG; what is written stands beside them as text, so that it never shrinks.

The page says the same as a table.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

_WIDTH, _HEIGHT = 1000, 200
_LINES = 4
# Lines stay thin however much the picture is stretched.
_THIN = 'vector-effect="non-scaling-stroke"'


def lines(series: Sequence[tuple[str, Sequence[float]]], labels: Sequence[str], title: str) -> Markup:
    """One or two lines over days. The second one is dashed, so that colour is not the only sign."""
    most = max((value for _, values in series for value in values), default=0) or 1
    step = _WIDTH / max(1, len(labels) - 1)
    parts = [
        f'<line class="axis" x1="0" y1="{y:.0f}" x2="{_WIDTH}" y2="{y:.0f}" {_THIN}/>'
        for y in (_HEIGHT * n / _LINES for n in range(_LINES + 1))
    ]
    for mark, (_, values) in zip("ab", series, strict=False):
        points = " ".join(
            f"{i * step:.1f},{_HEIGHT - value / most * _HEIGHT:.1f}" for i, value in enumerate(values)
        )
        if mark == "a":
            parts.append(f'<polygon class="area-a" points="0,{_HEIGHT} {points} {_WIDTH},{_HEIGHT}"/>')
        parts.append(f'<polyline class="line-{mark}" points="{points}" {_THIN}/>')
    days = [labels[i] for i in sorted({0, len(labels) // 2, len(labels) - 1})] if labels else []
    return Markup(
        '<div class="chart"><div class="chart-scale" aria-hidden="true"><span>{most}</span>'
        '<span>0</span></div><svg viewBox="0 0 {width} {height}" preserveAspectRatio="none" role="img" '
        'aria-label="{title}">{inside}</svg><div class="chart-days" aria-hidden="true">{days}</div></div>'
    ).format(
        most=f"{most:,.0f}", width=_WIDTH, height=_HEIGHT, title=title, inside=Markup("".join(parts)),
        days=Markup("").join(Markup("<span>{}</span>").format(day) for day in days),
    )  # fmt: skip


def bar(value: float, most: float) -> Markup:
    """A bar for a row of a table, whose number stands beside it."""
    width = 100 * value / most if most else 0
    return Markup(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="mark-a" width="{:.1f}" height="10"/></svg>'
    ).format(max(width, 0.5))
