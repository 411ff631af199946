# Toolchain for 64-bit ARM: Debian's cross compiler, the libraries of SAYSO_SYSROOT (an arm64 Debian that is only unpacked), and qemu to run what
# was built. Used by tools/aarch64.sh.
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES SAYSO_SYSROOT)
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_SYSROOT ${SAYSO_SYSROOT})
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64;-L;${SAYSO_SYSROOT})

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(ENV{PKG_CONFIG_SYSROOT_DIR} ${SAYSO_SYSROOT})
set(ENV{PKG_CONFIG_LIBDIR} ${SAYSO_SYSROOT}/usr/lib/aarch64-linux-gnu/pkgconfig:${SAYSO_SYSROOT}/usr/share/pkgconfig)
