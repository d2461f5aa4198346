# The console: built by npm from api/console, and every file of it into the program, to be read by
# api/pages/console_pages.cpp. As a script it writes that source, once the files are there.

include(${CMAKE_CURRENT_LIST_DIR}/embed.cmake)

if(CMAKE_SCRIPT_MODE_FILE) # cmake -DFOLDER=… -DSOURCE=… -P console.cmake
  file(GLOB_RECURSE files RELATIVE ${FOLDER} ${FOLDER}/*)
  list(SORT files)
  banjie_embedded_text("${FOLDER}" "${files}" text rows)
  string(APPEND text "namespace banjie::api {\nusing engine::EmbeddedFile;\n"
         "std::span<EmbeddedFile const> console_files();\n"
         "std::span<EmbeddedFile const> console_files() {\n${rows}    return files;\n}\n"
         "} // namespace banjie::api\n")
  file(WRITE ${SOURCE} "${text}")
  return()
endif()

# banjie_console(target): packages are installed when the lock has changed, pages built when a
# source has.
function(banjie_console target)
  set(console ${CMAKE_SOURCE_DIR}/api/console)
  set(installed ${console}/node_modules/.package-lock.json)
  set(source ${CMAKE_BINARY_DIR}/console_files.cpp)
  find_program(npm npm REQUIRED)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${console}/src/* ${console}/public/*)
  list(APPEND sources ${console}/index.html ${console}/vite.config.ts ${console}/package.json)
  add_custom_command(
    OUTPUT ${installed}
    COMMAND ${npm} ci --silent
    COMMAND ${CMAKE_COMMAND} -E touch ${installed}
    DEPENDS ${console}/package-lock.json
    WORKING_DIRECTORY ${console}
    COMMENT "Installing the console's packages" VERBATIM)
  add_custom_command(
    OUTPUT ${source}
    COMMAND ${CMAKE_COMMAND} -E env BANJIE_CONSOLE_FOLDER=${CMAKE_BINARY_DIR}/console
            ${npm} run --silent build -- --logLevel warn
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${CMAKE_BINARY_DIR}/console -DSOURCE=${source}
            -P ${CMAKE_SOURCE_DIR}/tools/console.cmake
    DEPENDS ${sources} ${installed} ${CMAKE_SOURCE_DIR}/tools/console.cmake
    WORKING_DIRECTORY ${console}
    COMMENT "Building the console" VERBATIM)
  target_sources(${target} PRIVATE ${source})
endfunction()
