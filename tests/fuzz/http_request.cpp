// Any bytes at all as an HTTP request: read in one piece as in many, and answered by the
// whole API exactly once.

#include "api/description/openapi.hpp"
#include "api/request/metrics.hpp"
#include "api/router.hpp"
#include "api/transport/request_reader.hpp"
#include "engine/office.hpp"
#include "tests/fuzz/expect.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace banjie;
using fuzz::expect;
using Progress = api::RequestReader::Progress;

namespace {

constexpr std::string_view organisations = R"([
    {"code":"36","name":"江西省"},{"code":"3607","name":"赣州市"},{"code":"360731","name":"于都县"},
    {"code":"360731100","name":"贡江镇"},{"code":"360731-transport","name":"于都县交通局"}])";

/// The API over a store in memory; whoever sends credentials is taken for an administrator who also
/// reports, coordinates and handles.
struct Door {
    Door() {
        auto const system = engine::system_caller();
        auto const quiet = [](std::size_t, std::size_t) {};
        office.load().value();
        office.organisations.import(office.documents, system, organisations, quiet).value();
        engine::User user{.name = "everybody", .display_name = "everybody", .organisation = "36"};
        user.roles = {engine::Role::administrator, engine::Role::coordinator,
                      engine::Role::reporter, engine::Role::handler};
        office.accounts.save(system, user, "fuzz-me-7-times", 0).value();
        token = office.accounts.sign_in("everybody", "fuzz-me-7-times", "here").value().token;
    }

    void ask(api::Request request) {
        if (!request.authorization.empty()) request.authorization = "Bearer " + token;
        int answers = 0;
        router.handle(std::move(request), [&answers](api::Response const& response) {
            ++answers;
            expect(response.status >= 200 && response.status < 600, "a status is one of HTTP's");
            bool const is_json = response.content_type.find("json") != std::string::npos;
            auto const body = response.write_body ? response.write_body() : response.body;
            expect(!is_json || nlohmann::json::accept(body), "a JSON answer is JSON");
            expect(response.status != 500, "nothing fails inside");
        });
        expect(answers == 1, "a request is answered exactly once");
    }

    std::unique_ptr<storage::Store> store = storage::open_memory_store();
    engine::Office office{*store, engine::system_clock(), engine::system_random()};
    api::Metrics metrics;
    api::Router router{{.office = office,
                        .metrics = metrics,
                        .post =
                            [](auto const&, auto const& work) {
                                work();
                                return true;
                            },
                        .describe = api::openapi_document}};
    std::string token;
};

struct Read {
    api::RequestReader reader;
    Progress progress = Progress::head;
    std::size_t used = 0;

    Read(std::string_view bytes, std::size_t piece) {
        std::size_t end = 0, taken = 0;
        while (progress != Progress::done && progress != Progress::refused) {
            if (end == bytes.size() && taken == 0) return;
            end = std::min(bytes.size(), end + piece);
            progress = reader.read(bytes.substr(used, end - used), taken);
            expect(taken <= end - used, "no more is taken than was given");
            used += taken;
        }
    }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static Door door;
    if (size < 1) return 0;
    std::string_view const bytes(reinterpret_cast<char const*>(data) + 1, size - 1);
    Read whole(bytes, bytes.size() + 1);
    Read pieces(bytes, 1U + data[0]);
    // What cannot be read may be refused earlier or later, but what is read is read alike.
    expect((whole.progress == Progress::done) == (pieces.progress == Progress::done),
           "pieces are a request if the whole is one");
    if (whole.progress == Progress::refused) {
        auto const status = whole.reader.refusal().status;
        expect(status >= 400 && status < 600, "a refusal has a status of refusals");
    }
    if (whole.progress != Progress::done) return 0;
    auto& request = whole.reader.request();
    auto const& other = pieces.reader.request();
    expect(whole.used == pieces.used && request.method == other.method &&
               request.path == other.path && request.query == other.query &&
               request.body == other.body,
           "pieces make the same request as the whole");
    door.ask(std::move(request));
    return 0;
}
