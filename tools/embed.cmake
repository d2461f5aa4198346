# Files built into the program, to be read by engine/embedded.hpp.

# Writes into `result` C++ text: the bytes of the files below `root`, and `rows` of an array of
# EmbeddedFile under their paths from there.
function(banjie_embedded_text root files result rows)
  set(text "#include \"engine/embedded.hpp\"\n#include <array>\n")
  set(listed "")
  set(number 0)
  foreach(file ${files})
    string(APPEND text "__asm__(\".section .rodata\\nembedded_${number}:\\n"
           ".incbin \\\"${root}/${file}\\\"\\nembedded_${number}_end: .byte 0\\n.previous\");\n"
           "extern \"C\" char const embedded_${number}[], embedded_${number}_end[];\n")
    string(APPEND listed "        {\"${file}\", {embedded_${number}, "
           "static_cast<std::size_t>(embedded_${number}_end - embedded_${number})}},\n")
    math(EXPR number "${number} + 1")
  endforeach()
  set(${result} "${text}" PARENT_SCOPE)
  set(${rows} "    static std::array<EmbeddedFile, ${number}> const files{{\n${listed}    }};\n"
      PARENT_SCOPE)
endfunction()

# banjie_embed(target namespace folder…): builds every file of the folders into the target, under its
# path in the source tree; `embedded_files` and `embedded_file` of that namespace find them.
function(banjie_embed target namespace)
  set(files "")
  foreach(folder ${ARGN})
    file(GLOB_RECURSE found CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} ${folder}/*)
    list(APPEND files ${found})
  endforeach()
  list(FILTER files EXCLUDE REGEX "\\.[ch]pp$")
  list(SORT files)
  banjie_embedded_text("${CMAKE_SOURCE_DIR}" "${files}" text rows)
  string(APPEND text "namespace banjie::${namespace} {\n"
         "using engine::EmbeddedFile;\n"
         "std::span<EmbeddedFile const> embedded_files();\n"
         "std::optional<std::string_view> embedded_file(std::string_view path);\n"
         "std::span<EmbeddedFile const> embedded_files() {\n${rows}    return files;\n}\n"
         "std::optional<std::string_view> embedded_file(std::string_view path) {\n"
         "    for (auto const& file : embedded_files())\n"
         "        if (file.path == path) return file.content;\n"
         "    return std::nullopt;\n}\n} // namespace banjie::${namespace}\n")
  set(source ${CMAKE_BINARY_DIR}/embedded_files_of_${target}.cpp)
  file(CONFIGURE OUTPUT ${source} CONTENT "${text}" @ONLY)
  list(TRANSFORM files PREPEND ${CMAKE_SOURCE_DIR}/)
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${files}")
  target_sources(${target} PRIVATE ${source})
endfunction()
