#include "api/command_line/audit_schedule.hpp"
#include "tests/engine/desk.hpp"
#include "tests/storage/place.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/datagram_protocol.hpp>
#include <doctest/doctest.h>

#include <fstream>

using namespace banjie;
using namespace banjie::api;
using namespace banjie::api::command_line;
using namespace std::chrono_literals;

namespace {

/// A store on disk whose heads are signed, with clocks of its own.
struct Signed {
    Signed()
        : store(storage::opened(storage::options_for(place.path("store")))), desk(*store),
          key(engine::SigningKey::make()) {
        begin();
        REQUIRE(desk.import_organisations());
    }
    ~Signed() {
        schedule.reset();
        store->close();
    }
    Signed(Signed const&) = delete;
    Signed& operator=(Signed const&) = delete;

    void begin(Syslog* syslog = nullptr) {
        schedule.emplace(desk.office, conditions,
                         AuditPlan{.heads = engine::HeadFile::open(heads, key).value(),
                                   .store = store.get(),
                                   .backups = place.path("backups"),
                                   .syslog = syslog});
    }
    void look_after(std::chrono::minutes time) {
        desk.clock.advance(time);
        steady += time;
        schedule->look(steady);
    }
    [[nodiscard]] engine::SignedHeads signed_heads() const {
        std::array const keys{key.public_key()};
        return engine::read_signed_heads(heads, keys).value();
    }
    /// Of a copy, as this one has the store open.
    [[nodiscard]] std::vector<std::string> findings() const {
        std::filesystem::copy(place.path("store"), place.path("copy"),
                              std::filesystem::copy_options::recursive);
        auto const read = signed_heads();
        auto const report =
            storage::verify_store(place.path("copy"), storage::no_progress, engine::seqs_of(read))
                .value();
        return engine::compare(read, report.heads, report.last_seq).findings;
    }

    storage::Place place;
    std::string heads = place.path("heads");
    std::unique_ptr<storage::ChainedStore> store;
    engine::Desk desk;
    engine::SigningKey key;
    Conditions conditions;
    std::optional<AuditSchedule> schedule;
    AuditSchedule::Steady steady{};
};

} // namespace

TEST_CASE("the head is signed at intervals when it has moved, and agrees with the store") {
    Signed office;
    office.look_after(0min);
    CHECK(office.signed_heads().heads.size() == 1);
    std::ignore = office.desk.report();
    office.look_after(5min);
    CHECK(office.signed_heads().heads.size() == 1);
    office.look_after(5min);
    CHECK(office.signed_heads().heads.size() == 2);
    office.look_after(10min);
    CHECK(office.signed_heads().heads.size() == 2);
    CHECK(office.conditions.head_signed_seq == office.store->status().last_seq);
    office.schedule.reset();
    office.store->close();
    CHECK(office.findings().empty());
}

TEST_CASE("the last head is signed when the server stops") {
    Signed office;
    office.schedule->start();
    std::ignore = office.desk.report();
    office.schedule->finish();
    REQUIRE_FALSE(office.signed_heads().heads.empty());
    CHECK(office.signed_heads().heads.back().head.seq == office.store->status().last_seq);
}

TEST_CASE("a head that cannot be kept is a warning, and is tried again after a minute") {
    Signed office;
    office.heads = office.place.path("absent/heads");
    office.begin();
    office.look_after(0min);
    CHECK(office.conditions.heads_fail);
    CHECK(office.conditions.warnings(office.desk.clock.now()) ==
          std::vector<std::string_view>{"head_not_signed"});
    std::filesystem::create_directories(office.place.path("absent"));
    office.look_after(1min);
    CHECK_FALSE(office.conditions.heads_fail);
    CHECK(office.signed_heads().heads.size() == 1);
}

TEST_CASE("what is audited reaches the syslog server, what happens to instances does not") {
    Signed office;
    boost::asio::io_context context;
    auto const path = office.place.path("log");
    boost::asio::local::datagram_protocol::socket server(context, path);
    Syslog syslog(*SyslogTarget::from("unix:" + path), office.conditions.syslog_sent,
                  office.conditions.syslog_lost);
    office.look_after(0min);
    office.begin(&syslog);
    std::ignore = office.desk.report();
    auto const saved = office.desk.office.accounts.save(engine::system_caller(),
                                                        {.name = "wang",
                                                         .display_name = "王",
                                                         .organisation = "360731",
                                                         .roles = {engine::Role::coordinator}},
                                                        "correct horse", 0);
    REQUIRE(saved.has_value());
    office.look_after(0min);
    auto const received = [&] {
        std::string bytes(10'000, '\0');
        std::size_t size = 0;
        server.async_receive(boost::asio::buffer(bytes),
                             [&size](auto const&, std::size_t count) { size = count; });
        context.restart();
        context.run_for(10s);
        server.cancel();
        context.run();
        bytes.resize(size);
        return bytes;
    };
    auto const event = received();
    CHECK(event.find(" user_created - {") != std::string::npos);
    CHECK(event.find("\"subject\":\"wang\"") != std::string::npos);
    CHECK(event.find("password_hash") == std::string::npos);
    CHECK(received().find(" signed_head - {\"signed_head\":\"banjie-head-1 ") != std::string::npos);
    office.schedule.reset();
}
