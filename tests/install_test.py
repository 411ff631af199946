#!/usr/bin/env python3
"""What `make install` and `make deb` give: install_test.py PROGRAM BUILD CMAKE CPACK

Installs from BUILD into a folder of its own, builds examples/api against that tree, moves it, and makes a Debian package and looks into it. Nothing is
installed on the machine.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import program
from program import EXAMPLES, LIMIT, QUIET, ROOT, ProgramTest

BUILD, CMAKE, CPACK = "", "", ""
ARTICLE = EXAMPLES[-1]
# The tree must find its own model.
OWN = {key: value for key, value in QUIET.items() if key != "SAYSO_MODEL"}
API_EXAMPLES = {"CMakeLists.txt", "chains.cpp", "read_json.c", "who_says.cpp"}


def run(*command, environment=None, folder=None):
    done = subprocess.run([str(word) for word in command], capture_output=True, env={**OWN, **(environment or {})}, cwd=folder, timeout=LIMIT)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{(done.stdout + done.stderr).decode(errors='replace')[-3000:]}")
    return done.stdout


def of_cache(name):
    """A setting that BUILD was configured with: what is built against a library with sanitizers needs its flags."""
    found = re.search(rf"^{name}:\w+=(.*)$", pathlib.Path(BUILD, "CMakeCache.txt").read_text(), re.M)
    return found[1] if found else ""


def files_in(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}


def expected_files(libraries):
    version = of_cache("CMAKE_PROJECT_VERSION")
    examples = {f"examples/{path.name}" for path in EXAMPLES} | {"examples/LICENSE-GUM.txt"} | {f"examples/api/{name}" for name in API_EXAMPLES}
    documents = examples | {"LICENSE", "README.md", "CHANGELOG.md", "FORMAT.md", "NOTICES.md", "sayso-1.schema.json"}
    return ({"bin/sayso", "include/sayso/sayso.h", "include/sayso/sayso_c.h", "share/man/man1/sayso.1", "share/bash-completion/completions/sayso",
             "share/zsh/site-functions/_sayso", "share/fish/vendor_completions.d/sayso.fish"}
            | {f"{libraries}/{name}" for name in ("libsayso.so", "libsayso.so.0", f"libsayso.so.{version}", "pkgconfig/sayso.pc", "cmake/sayso/saysoConfigVersion.cmake",
                                                  "cmake/sayso/saysoConfig.cmake", f"cmake/sayso/saysoConfig-{of_cache('CMAKE_BUILD_TYPE').lower()}.cmake")}
            | {f"share/sayso/{path.parent.name}/{path.name}" for folder in ("models", "knowledge") for path in (ROOT / folder).iterdir()} | {f"share/doc/sayso/{name}" for name in documents})


class Installed(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.tree = cls.folder / "tree"
        run(CMAKE, "--install", BUILD, "--prefix", cls.tree)
        cls.libraries = of_cache("CMAKE_INSTALL_LIBDIR")
        cls.reading = run(cls.tree / "bin/sayso", "read", ARTICLE)

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def build(self, tree, name):
        """The programs of examples/api, built against a tree."""
        folder = self.folder / name
        flags = of_cache("CMAKE_CXX_FLAGS")
        run(CMAKE, "-S", tree / "share/doc/sayso/examples/api", "-B", folder, f"-DCMAKE_PREFIX_PATH={tree}", f"-DCMAKE_CXX_FLAGS={flags}", f"-DCMAKE_C_FLAGS={flags}",
            f"-DCMAKE_CXX_COMPILER={of_cache('CMAKE_CXX_COMPILER')}", f"-DCMAKE_C_COMPILER={of_cache('CMAKE_C_COMPILER')}")
        run(CMAKE, "--build", folder)
        return folder

    def hold_examples(self, folder, environment=None):
        """They say what the program says."""
        self.assertEqual(run(folder / "read_json", ARTICLE, environment=environment), self.reading)
        [reading] = self.records(self.reading)
        lines = [f"{a['id']} {a['source']['text'] if a['source'] else '(nobody named)'}{' [' + a['cue']['text'] + ']' if a['cue'] else ''}: {a['content']['text']}\n"
                 for a in reading["attributions"]]
        self.assertGreater(len(lines), 5)
        self.assertEqual(run(folder / "who_says", ARTICLE, environment=environment).decode(), "".join(lines))
        names = {entity["id"]: entity["name"] or entity["id"] for entity in reading["entities"]}
        lines = [f"{a['id']} {' > '.join(names[link] for link in a['chain'])}: {a['factuality']['polarity']}, {a['factuality']['modality']}"
                 f"{', hearsay' if a['factuality']['hearsay'] else ''}{''.join(' (' + m['text'] + ')' for m in a['factuality']['markers'])}\n" for a in reading["attributions"]]
        self.assertEqual(run(folder / "chains", ARTICLE, environment=environment).decode(), "".join(lines))

    def test_files(self):
        self.assertEqual(files_in(self.tree), expected_files(self.libraries))
        self.assertEqual((self.tree / self.libraries / "libsayso.so").readlink(), pathlib.Path("libsayso.so.0"))

    def test_the_program_finds_its_model_from_anywhere(self):
        self.assertEqual(run(self.tree / "bin/sayso", "read", ARTICLE, folder="/"), self.reading)
        link = self.folder / "link"
        link.symlink_to(self.tree / "bin/sayso")
        self.assertEqual(run(link, "read", ARTICLE, folder=self.folder), self.reading)
        self.assertEqual(run("sayso", "read", "--model", "attribution", ARTICLE, environment={"PATH": f"{self.tree}/bin:{os.environ['PATH']}"}), self.reading)
        self.assertIn(b"\nmodel ", run(self.tree / "bin/sayso", "--version", folder="/"))

    def test_the_tree_may_be_moved(self):
        moved = self.folder / "elsewhere" / "deep"
        moved.parent.mkdir()
        self.tree.rename(moved)
        try:
            self.assertEqual(run(moved / "bin/sayso", "read", ARTICLE, folder="/"), self.reading)
            self.hold_examples(self.build(moved, "built_moved"))
        finally:
            moved.rename(self.tree)

    def test_cmake_package(self):
        self.hold_examples(self.build(self.tree, "built"))

    def test_pkg_config(self):
        environment = {"PKG_CONFIG_PATH": str(self.tree / self.libraries / "pkgconfig"), "LD_LIBRARY_PATH": str(self.tree / self.libraries)}
        self.assertEqual(run("pkg-config", "--modversion", "sayso", environment=environment).decode().strip(), of_cache("CMAKE_PROJECT_VERSION"))
        flags = run("pkg-config", "--cflags", "--libs", "sayso", environment=environment).decode().split() + of_cache("CMAKE_CXX_FLAGS").split()
        sources, out = self.tree / "share/doc/sayso/examples/api", self.folder / "by_hand"
        out.mkdir()
        run(of_cache("CMAKE_C_COMPILER"), "-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", sources / "read_json.c", "-o", out / "read_json", *flags)
        for name in ("who_says", "chains"):
            run(of_cache("CMAKE_CXX_COMPILER"), "-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Werror", sources / f"{name}.cpp",
                "-o", out / name, *flags)
        self.hold_examples(out, environment)

    def test_pkg_config_where_libraries_have_a_folder_of_their_architecture(self):
        folder = self.folder / "usr"
        run(CMAKE, "-S", ROOT, "-B", folder, "-DCMAKE_INSTALL_PREFIX=/usr", "-DCMAKE_INSTALL_LIBDIR=lib/x86_64-linux-gnu", "-DSAYSO_TESTS=OFF", "-DCMAKE_BUILD_TYPE=Release")
        place = self.folder / "root/usr/lib/x86_64-linux-gnu/pkgconfig"
        place.mkdir(parents=True)
        shutil.copy(folder / "sayso.pc", place)
        flags = run("pkg-config", "--cflags", "--libs", "sayso", environment={"PKG_CONFIG_PATH": str(place)}).decode().split()
        found = {flag[:2]: os.path.normpath(flag[2:]) for flag in flags}
        self.assertEqual(found, {"-I": str(self.folder / "root/usr/include"), "-L": str(self.folder / "root/usr/lib/x86_64-linux-gnu"), "-l": "sayso"})

    def test_the_library_shows_what_is_promised_and_nothing_else(self):
        library = self.tree / self.libraries / "libsayso.so"
        shown = [line.split(" ", 2)[2] for line in run("nm", "-D", "-C", "--defined-only", library).decode().splitlines()]
        shown = {name.split("@@")[0] for name in shown} - {"SAYSO_0"}
        promised = set(re.findall(r"SAYSO_C_API [^;(]*?\b(sayso_\w+)\(", (ROOT / "include/sayso/sayso_c.h").read_text()))
        self.assertGreater(len(promised), 5)
        self.assertEqual({name for name in shown if not name.startswith(("sayso::api::", "typeinfo", "vtable"))}, promised)
        for name in shown - promised:
            self.assertRegex(name, r"^((typeinfo|typeinfo name|vtable) for )?sayso::api::(Error|Reader|Reading|version)\b")
        self.assertRegex(run("objdump", "-p", library).decode(), r"SONAME +libsayso\.so\.0\n")
        for path in (library, self.tree / "bin/sayso"):
            self.assertNotRegex(run("objdump", "-p", path).decode(), r"R(UN)?PATH")

    def test_headers_stand_alone(self):
        for compiler, header, standards in ((of_cache("CMAKE_C_COMPILER"), "sayso_c.h", ("c99", "c11")), (of_cache("CMAKE_CXX_COMPILER"), "sayso_c.h", ("c++17", "c++20")),
                                            (of_cache("CMAKE_CXX_COMPILER"), "sayso.h", ("c++17", "c++20"))):
            for standard in standards:
                source = self.folder / f"alone.{'c' if standard in ('c99', 'c11') else 'cpp'}"
                source.write_text(f"#include <sayso/{header}>\n#include <sayso/{header}>\nint main(void) {{ return 0; }}\n")
                run(compiler, f"-std={standard}", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", f"-I{self.tree}/include", source)

    def test_man_page(self):
        path = self.tree / "share/man/man1/sayso.1"
        lines = path.read_text().splitlines()
        self.assertEqual([line[:3] for line in lines[:3]], [".Dd", ".Dt", ".Os"])
        # In the order that mdoc(7) gives sections, and every list and display closed.
        self.assertEqual([line[4:] for line in lines if line.startswith(".Sh ")],
                         ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "ENVIRONMENT", "EXIT STATUS", "EXAMPLES"])
        for begin, end in ((".Bl", ".El"), (".Bd", ".Ed")):
            depth = 0
            for line in lines:
                depth += line.startswith(begin) - line.startswith(end)
                self.assertIn(depth, (0, 1))
            self.assertEqual(depth, 0)
        known = {"Dd", "Dt", "Os", "Sh", "Ss", "Nm", "Nd", "Cm", "Op", "Ar", "Fl", "Xr", "Sq", "Dq", "Bd", "Ed", "Bl", "El", "It", "Pp", "Li", "Va", "Ev", "Dl"}
        self.assertEqual({line[1:3] for line in lines if line.startswith(".")} - known, set())
        self.assertEqual([line for line in lines if line != line.rstrip() or len(line) > 100 or not line], [])
        if shutil.which("groff"):  # not in a bare Debian; there the above must do
            done = subprocess.run(["groff", "-mdoc", "-ww", "-Tutf8", path], capture_output=True, env=OWN, timeout=LIMIT)
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            self.assertIn("whose say-so every statement stands", re.sub(r"\x1b\[[0-9;]*m|.\x08", "", done.stdout.decode()))


class DebianPackage(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name)
        run(CPACK, "-G", "DEB", "--config", pathlib.Path(BUILD, "CPackConfig.cmake"), "-B", cls.folder)
        [cls.package] = cls.folder.glob("*.deb")

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def test_name_and_fields(self):
        version, architecture = of_cache("CMAKE_PROJECT_VERSION"), run("dpkg", "--print-architecture").decode().strip()
        self.assertEqual(self.package.name, f"sayso_{version}_{architecture}.deb")
        fields = dict(re.findall(r"^ ([\w-]+): (.*)$", run("dpkg-deb", "-I", self.package).decode(), re.M))
        self.assertEqual((fields["Package"], fields["Version"], fields["Architecture"], fields["Section"]), ("sayso", version, architecture, "text"))
        self.assertRegex(fields["Maintainer"], r"^[^<]+ <\S+@\S+>$")
        self.assertTrue(fields["Description"].startswith("Reads news"))
        needed = {re.split(r"[ (:]", word.strip())[0] for word in fields["Depends"].split(",")}
        for library in ("libc6", "libstdc++6", "libssl3", "zlib1g", "libcld2-0"):
            self.assertIn(library, needed)
        self.assertTrue(any(re.fullmatch(r"libicu\d+", name) for name in needed), needed)
        self.assertEqual([name for name in needed if not re.fullmatch(r"lib[\w+.-]+|zlib1g", name)], [])

    def test_contents(self):
        listed = run("dpkg-deb", "-c", self.package).decode().splitlines()
        self.assertTrue(all(line.split()[1] == "root/root" for line in listed))
        root = self.folder / "root"
        run("dpkg-deb", "-x", self.package, root)
        self.assertEqual({path.name for path in root.iterdir()}, {"usr"})
        self.assertEqual(files_in(root / "usr"), expected_files(of_cache("CMAKE_INSTALL_LIBDIR")))
        for path in root.rglob("*"):
            if path.is_file() and not path.is_symlink():
                mode = path.stat().st_mode & 0o777
                self.assertEqual(mode, 0o755 if path.name == "sayso" and path.parent.name == "bin" else 0o644, path)
        [reading] = self.records(run(root / "usr/bin/sayso", "read", ARTICLE, folder="/"))
        self.assertGreater(len(reading["attributions"]), 5)
        for path in (root / "usr/bin/sayso", root / "usr" / of_cache("CMAKE_INSTALL_LIBDIR") / "libsayso.so"):
            self.assertIn("no symbols", subprocess.run(["nm", path], capture_output=True, text=True, env=OWN).stderr)  # stripped


if __name__ == "__main__":
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    BUILD, CMAKE, CPACK = sys.argv[2:5]
    del sys.argv[2:5]
    program.main(__doc__)
