// Programs that Banjie is measured against or with.
//   banjie_measure serve PORT      the minimal server
//   banjie_measure store FOLDER    the minimal store
//   banjie_measure index FOLDER    the index of the store there
//   banjie_measure rules N         a transition, and a command without disk and network, N times
//   banjie_measure fill N FOLDER   N more problems in the store there

#include "tools/measure/measure.hpp"

#include <iostream>
#include <string_view>

int main(int count, char** words) {
    namespace measure = banjie::measure;
    std::string_view const what = count > 2 ? words[1] : "";
    if (what == "serve") return measure::serve(static_cast<unsigned short>(std::stoi(words[2])));
    if (what == "store") return measure::store(words[2]);
    if (what == "index") return measure::index(words[2]);
    if (what == "rules") return measure::rules(std::stoi(words[2]));
    if (what == "fill" && count == 4) return measure::fill(std::stoul(words[2]), words[3]);
    std::cerr << "Expected: banjie_measure serve PORT | store FOLDER | index FOLDER | rules N | "
                 "fill N FOLDER\n";
    return 2;
}
