# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
# Component "library": public headers, static libraries, CMake package and pkg-config file. They name each other by relative
# paths, so an installed tree can be moved. Each library has a file of targets of its own: whoever asks for core alone needs
# nothing that the others stand on.
include(CMakePackageConfigHelpers)
set(packageFolder ${CMAKE_INSTALL_LIBDIR}/cmake/layerhold)
set(pkgConfigFolder ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

foreach(library core registry archive)
  set_target_properties(layerhold_${library} PROPERTIES EXPORT_NAME ${library})
  target_compile_features(layerhold_${library} PUBLIC cxx_std_20)
  install(TARGETS layerhold_${library} EXPORT layerhold-${library}
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library
    FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT library)
  install(EXPORT layerhold-${library} NAMESPACE layerhold:: FILE layerhold-${library}-targets.cmake
    DESTINATION ${packageFolder} COMPONENT library)
endforeach()

configure_package_config_file(${PROJECT_SOURCE_DIR}/packaging/library/layerhold-config.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/layerhold-config.cmake
  INSTALL_DESTINATION ${packageFolder} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/layerhold-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/layerhold-config.cmake ${CMAKE_CURRENT_BINARY_DIR}/layerhold-config-version.cmake
  DESTINATION ${packageFolder} COMPONENT library)

file(RELATIVE_PATH LAYERHOLD_PC_PREFIX /prefix/${pkgConfigFolder} /prefix)
configure_file(${PROJECT_SOURCE_DIR}/packaging/library/layerhold.pc.in ${CMAKE_CURRENT_BINARY_DIR}/layerhold.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/layerhold.pc DESTINATION ${pkgConfigFolder} COMPONENT library)
