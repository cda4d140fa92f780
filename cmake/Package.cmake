# What `cmake --install` puts where, and the Debian package that cpack makes of it
# (scripts/package). Paths are those that the server looks for: src/server/pages_place.h.
install(TARGETS pastille RUNTIME DESTINATION bin)
install(DIRECTORY ${PROJECT_BINARY_DIR}/web DESTINATION share/pastille OPTIONAL
  PATTERN .built EXCLUDE PATTERN .vite EXCLUDE)
install(FILES packaging/pastille.service packaging/pastille@.service DESTINATION /usr/lib/systemd/system)
install(FILES packaging/pastille.toml DESTINATION /etc/pastille)
install(FILES packaging/debian/copyright DESTINATION share/doc/pastille)
# The pages, and what they link to at the place where they look for it.
install(DIRECTORY docs api packaging/examples DESTINATION share/doc/pastille)
install(FILES README.md CHANGELOG.md ARCHITECTURE.md CONTRIBUTING.md DESTINATION share/doc/pastille)
install(FILES scripts/packages.txt DESTINATION share/doc/pastille/scripts)
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/linked/packaging)
file(CREATE_LINK ../examples ${PROJECT_BINARY_DIR}/linked/packaging/examples SYMBOLIC)
file(CREATE_LINK copyright ${PROJECT_BINARY_DIR}/linked/LICENSE SYMBOLIC)
install(DIRECTORY ${PROJECT_BINARY_DIR}/linked/ DESTINATION share/doc/pastille)
install(FILES ${PROJECT_BINARY_DIR}/generated/sbom.cdx.json DESTINATION share/doc/pastille OPTIONAL)
install(FILES ${PROJECT_BINARY_DIR}/generated/changelog.gz DESTINATION share/doc/pastille OPTIONAL)
install(FILES ${PROJECT_BINARY_DIR}/generated/pastille.1.gz DESTINATION share/man/man1 OPTIONAL)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME pastille)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/package)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_CONTACT "the Pastille authors <pastille@example.org>")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, tzdata")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "agent-status server for contact centres")
set(CPACK_PACKAGE_DESCRIPTION
"Pastille lets the people of a contact centre tell each other how available they
 are: in training, on call, on a coffee break. One program serves two web pages
 and an API, and keeps its data in an embedded database.")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  ${PROJECT_SOURCE_DIR}/packaging/debian/postinst
  ${PROJECT_SOURCE_DIR}/packaging/debian/prerm
  ${PROJECT_SOURCE_DIR}/packaging/debian/postrm
  ${PROJECT_SOURCE_DIR}/packaging/debian/conffiles)
include(CPack)
