# What `make install` puts where, and the Debian package that `make deb` makes of it. Everything is found relative to the program or
# the library, so the tree may be moved.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(TARGETS sayso RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS libsayso EXPORT sayso LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/sayso DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY knowledge DESTINATION ${CMAKE_INSTALL_DATADIR}/sayso)
install(DIRECTORY models DESTINATION ${CMAKE_INSTALL_DATADIR}/sayso)
install(FILES LICENSE README.md CHANGELOG.md docs/FORMAT.md docs/NOTICES.md docs/sayso-1.schema.json DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY examples DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES docs/sayso.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)

# find_package(sayso) and pkg-config.
install(EXPORT sayso NAMESPACE sayso:: FILE saysoConfig.cmake DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/sayso)
write_basic_package_version_file(saysoConfigVersion.cmake COMPATIBILITY SameMinorVersion)
# The library's folder is one deep or two (lib/x86_64-linux-gnu).
file(RELATIVE_PATH up_from_pkgconfig /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(packaging/sayso.pc.in sayso.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/saysoConfigVersion.cmake DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/sayso)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/sayso.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# Where Debian's bash, zsh and fish look for completions.
install(FILES docs/completion/sayso.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME sayso)
install(FILES docs/completion/sayso.zsh DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions RENAME _sayso)
install(FILES docs/completion/sayso.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME sayso)
set(CPACK_PACKAGE_VENDOR sayso)
set(CPACK_PACKAGE_CONTACT "The authors of sayso <sayso@localhost>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
# Weights hardly shrink; gzip is several times faster than xz at it and loses about a percent.
set(CPACK_DEBIAN_COMPRESSION_TYPE gzip)
include(CPack)
