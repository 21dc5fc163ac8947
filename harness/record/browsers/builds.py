"""Old and new builds of Chromium that npm keeps (`@sparticuz/chromium`), when Debian has only its latest one or two.

The package carries the program itself, a headless shell compressed with Brotli, so that it can be had wherever npm can.
"""

from __future__ import annotations

from harness.environments.recipe import Step

PACKAGE = "@sparticuz/chromium"
_VERSIONS = (
    "92.0.0",
    "103.0.0",
    "106.0.2",
    "107.0.0",
    "108.0.3",
    "109.0.6",
    "110.0.1",
    "111.0.0",
    "112.0.2",
    "113.0.1",
    "114.0.0",
    "115.0.0",
    "116.0.0",
    "117.0.0",
    "118.0.0",
    "119.0.2",
    "121.0.0",
    "122.0.0",
    "123.0.1",
    "126.0.0",
    "127.0.0",
    "129.0.0",
    "130.0.0",
    "131.0.1",
    "132.0.0",
    "133.0.0",
    "137.0.1",
    "138.0.2",
    "140.0.0",
    "141.0.0",
    "143.0.4",
    "147.0.2",
    "148.0.0",
    "149.0.0",
    "152.0.0",
    "153.0.0",
)
BUILDS = {int(version.partition(".")[0]): version for version in _VERSIONS}
"""Major version of Chromium -> version of the package (its last one of that major)."""
PROGRAM = "chromium"
"""The program's name in the folder that it is unpacked to."""

_UNPACK = """
const {brotliDecompressSync} = require('zlib'), fs = require('fs'), {execFileSync} = require('child_process')
const [from, to] = process.argv.slice(1)
const plain = name => brotliDecompressSync(fs.readFileSync(`${from}/${name}.br`))
fs.writeFileSync(`${to}/chromium`, plain('chromium'), {mode: 0o755})
execFileSync('tar', ['-x', '--no-same-owner', '-C', to], {input: plain('swiftshader.tar')})
"""


def major_of(version: str) -> int | None:
    """112 for `112` and `112.0.5614`; None for a name such as `debian`."""
    major = version.partition(".")[0]
    return int(major) if major.isascii() and major.isdigit() else None


def nearest(major: int) -> list[int]:
    """The majors that can be had and stand next to `major` on either side, the closest first."""
    below = [each for each in BUILDS if each < major][-1:]
    above = [each for each in BUILDS if each > major][:1]
    return sorted([*below, *above], key=lambda each: abs(each - major))


def unpacking(major: int, folder: str) -> list[Step]:
    """The commands that put the build of `major` into `folder` (absolute, there already): npm and Node.js do it."""
    package, npm = f"{PACKAGE}@{BUILDS[major]}", f"{folder}/npm"
    options = ("--cache", f"{npm}/cache", "--ignore-scripts", "--no-audit", "--no-fund")
    install = ("npm", "install", "--prefix", npm, *options, package)
    unpack = ("node", "--eval", _UNPACK, f"{npm}/node_modules/{PACKAGE}/bin", folder)
    return [
        Step(f"npm install {package}", install),
        Step(f"unpacking Chromium {major}", unpack),
        Step("removing what it came in", ("rm", "-r", npm)),
    ]
