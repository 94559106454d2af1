#!/usr/bin/env python3
"""Makes the bundled fonts from the packages that README.md names.

    pip install fonttools brotli
    apt-get download fonts-noto-core && dpkg-deb -x fonts-noto-core_*.deb debian
    npm install @fontsource/noto-sans-jp@5.3.0 @fontsource/noto-sans-sc@5.3.0 @fontsource/noto-emoji@5.3.0
    python3 build.py debian/usr/share/fonts/truetype/noto node_modules/@fontsource .

Each font is cut to the listed characters and loses hints and names of glyphs; outlines are untouched.
"""
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

noto, fontsource, out = map(Path, sys.argv[1:4])

LATIN = (
    "U+0020-007E U+00A0-024F U+0250-02FF U+0300-036F U+0370-03FF U+0400-052F U+1E00-1EFF U+1F00-1FFF "
    "U+2000-206F U+2070-209F U+20A0-20BF U+2100-214F U+2150-218F U+2190-21FF U+2200-22FF U+25A0-25FF U+FB00-FB06 U+FFFD"
)
ARABIC = "U+0600-06FF U+0750-077F U+08A0-08FF U+200B-200F U+2010-2011 U+FB50-FDFF U+FE70-FEFF"
HEBREW = "U+0590-05FF U+200B-200F U+20AA U+25CC U+FB1D-FB4F"
SYMBOLS = "U+2190-21FF U+2300-23FF U+2460-24FF U+25A0-25FF U+2600-26FF U+2700-27BF U+2B00-2BFF U+1F780-1F7FF"
MATHS = "U+2190-21FF U+2200-22FF U+27C0-27EF U+2900-297F U+2A00-2AFF"

FONTS = [
    ("sans-regular.ttf", noto / "NotoSans-Regular.ttf", LATIN),
    ("sans-bold.ttf", noto / "NotoSans-Bold.ttf", LATIN),
    ("arabic-regular.ttf", noto / "NotoSansArabic-Regular.ttf", ARABIC),
    ("arabic-bold.ttf", noto / "NotoSansArabic-Bold.ttf", ARABIC),
    ("hebrew-regular.ttf", noto / "NotoSansHebrew-Regular.ttf", HEBREW),
    ("hebrew-bold.ttf", noto / "NotoSansHebrew-Bold.ttf", HEBREW),
    ("symbols.ttf", noto / "NotoSansSymbols2-Regular.ttf", SYMBOLS),
    ("symbols-more.ttf", noto / "NotoSansSymbols-Regular.ttf", SYMBOLS),
    ("maths.ttf", noto / "NotoSansMath-Regular.ttf", MATHS),
    ("japanese-regular.ttf", fontsource / "noto-sans-jp/files/noto-sans-jp-japanese-400-normal.woff2", None),
    ("japanese-bold.ttf", fontsource / "noto-sans-jp/files/noto-sans-jp-japanese-700-normal.woff2", None),
    ("chinese-regular.ttf", fontsource / "noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff2", None),
    ("chinese-bold.ttf", fontsource / "noto-sans-sc/files/noto-sans-sc-chinese-simplified-700-normal.woff2", None),
    ("emoji.ttf", fontsource / "noto-emoji/files/noto-emoji-emoji-400-normal.woff2", None),
]

for name, source, characters in FONTS:
    options = subset.Options()
    options.layout_features = ["*"]
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["vhea", "vmtx", "STAT", "BASE", "MATH"]
    font = TTFont(source)
    font.flavor = None
    unicodes = set(font.getBestCmap())
    if characters is not None:
        unicodes &= set(subset.parse_unicodes(characters.replace("U+", "").replace(" ", ",")))
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=unicodes)
    subsetter.subset(font)
    font.save(out / name)
    print(f"{name}: {len(unicodes)} characters, {font['maxp'].numGlyphs} glyphs, {(out / name).stat().st_size} bytes")
