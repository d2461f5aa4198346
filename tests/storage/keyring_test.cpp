// The keys of personal values: what is erased stays erased, in every copy.

#include "storage/backups.hpp"
#include "storage/durable_files.hpp"
#include "storage/keyring.hpp"
#include "tests/storage/place.hpp"

#include <doctest/doctest.h>

#include <numeric>
#include <set>

using namespace banjie::storage;
namespace files = std::filesystem;

namespace {

/// Counts: the same seeds for every keyring.
Keyring::Fill counting() {
    return [](std::span<std::uint8_t> bytes) {
        std::iota(bytes.begin(), bytes.end(), std::uint8_t{1});
    };
}

std::unique_ptr<Keyring> opened_keyring(std::string const& path, bool is_needed = false) {
    auto keyring = Keyring::open(path, is_needed, counting());
    REQUIRE(keyring.has_value());
    return std::move(*keyring);
}

Result<void> erase(Keyring& keyring, std::vector<std::uint64_t> const& numbers) {
    return keyring.erase(numbers);
}

Batch sealing(std::string const& id, std::uint64_t key, std::string const& bytes) {
    Batch batch;
    batch.sealed.push_back({id, key, "phone", bytes});
    batch.changes.push_back(change(id, 0));
    return batch;
}

Batch erasing(std::string const& id, std::uint64_t key) {
    Batch batch;
    batch.changes.push_back(change(id, 1));
    batch.sealed.push_back({id, key, "phone", std::nullopt});
    batch.erased.push_back({id, key});
    return batch;
}

} // namespace

TEST_CASE("every number has a key of its own, and the same one each time") {
    auto const keyring = Keyring::in_memory(counting());
    std::set<Key> keys;
    for (std::uint64_t const number :
         std::initializer_list<std::uint64_t>{0, 1, 2, 3, 1'000'000, Keyring::most_keys - 1})
        keys.insert(keyring->key(number).value());
    CHECK(keys.size() == 6);
    CHECK(keyring->key(7) == keyring->key(7));
    CHECK_FALSE(keyring->key(Keyring::most_keys).has_value());
}

TEST_CASE("an erased key is gone, and its neighbours stay as they were") {
    auto const keyring = Keyring::in_memory(counting());
    std::vector<std::optional<Key>> before;
    for (std::uint64_t number = 0; number < 20; ++number) before.push_back(keyring->key(number));
    REQUIRE(erase(*keyring, {5, 6, 11}).has_value());
    for (std::uint64_t number = 0; number < 20; ++number) {
        bool const gone = number == 5 || number == 6 || number == 11;
        CAPTURE(number);
        CHECK(keyring->has(number) != gone);
        CHECK(keyring->key(number) == (gone ? std::nullopt : before[number]));
    }
    REQUIRE(erase(*keyring, {5}).has_value());
    CHECK_FALSE(keyring->has(5));
}

TEST_CASE("the common key cannot be erased") {
    auto const keyring = Keyring::in_memory(counting());
    REQUIRE(erase(*keyring, {Keyring::common_key}).has_value());
    CHECK(keyring->has(Keyring::common_key));
}

TEST_CASE("the keyring is read back as it was written, and is small where neighbours are erased") {
    Place const place;
    auto const path = place.path("keyring");
    auto const key = opened_keyring(path)->key(9);
    {
        auto const keyring = opened_keyring(path);
        std::vector<std::uint64_t> numbers(1'000);
        std::iota(numbers.begin(), numbers.end(), 16);
        REQUIRE(keyring->erase(numbers).has_value());
    }
    auto const again = opened_keyring(path);
    CHECK(again->key(9) == key);
    CHECK_FALSE(again->has(16));
    CHECK_FALSE(again->has(1'015));
    CHECK(again->has(1'016));
    CHECK(files::file_size(path) < 2'000);
    auto const rights = files::status(path).permissions();
    CHECK((rights & (files::perms::group_all | files::perms::others_all)) == files::perms::none);
}

TEST_CASE("a keyring that is absent where values are sealed, or damaged, is refused") {
    Place const place;
    auto const path = place.path("keyring");
    CHECK(Keyring::open(path, true, counting()).error().fault == Fault::corrupt);
    static_cast<void>(opened_keyring(path));
    auto bytes = read_whole(path).value();
    bytes[20] = static_cast<char>(bytes[20] ^ 1);
    REQUIRE(write_synced(path, bytes).has_value());
    CHECK(Keyring::open(path, true, counting()).error().fault == Fault::corrupt);
    REQUIRE(write_synced(path, "").has_value());
    CHECK(opened_keyring(path, true)->has(1));
}

TEST_CASE("a store keeps sealed values and erases their key with the event") {
    Place const place;
    auto const path = place.path("store");
    {
        auto const store = opened(options_for(path));
        CHECK(store->last_key().value() == 0);
        REQUIRE(done(*store, sealing("a", 1, "bytes")));
        REQUIRE(done(*store, sealing("b", 2, "others")));
        CHECK(store->sealed("a", 1, "phone").value() == "bytes");
        CHECK_FALSE(store->sealed("a", 1, "name").value().has_value());
        CHECK(store->last_key().value() == 2);
        REQUIRE(done(*store, erasing("a", 1)));
        CHECK_FALSE(store->keyring().has(1));
        CHECK_FALSE(store->sealed("a", 1, "phone").value().has_value());
    }
    CHECK(verified(path).findings.empty());
    CHECK(verified(path).sealed == 1);
    auto const again = opened(options_for(path));
    CHECK_FALSE(again->keyring().has(1));
    CHECK(again->keyring().has(2));
}

TEST_CASE("a refused batch seals and erases nothing") {
    Place const place;
    auto const store = opened(options_for(place.path("store")));
    REQUIRE(done(*store, sealing("a", 1, "bytes")));
    auto stale = erasing("a", 1);
    stale.changes.front().expected_version = 7;
    CHECK_FALSE(done(*store, stale));
    CHECK(store->keyring().has(1));
    CHECK(store->sealed("a", 1, "phone").value() == "bytes");
}

TEST_CASE("an erasure that a crash cut off is finished at the next start") {
    Place const place;
    auto const path = place.path("store");
    std::string before;
    {
        auto const store = opened(options_for(path));
        REQUIRE(done(*store, sealing("a", 1, "bytes")));
        before = read_whole(path + "/keyring").value();
        REQUIRE(done(*store, erasing("a", 1)));
    }
    REQUIRE(write_synced(path + "/keyring", before).has_value());
    CHECK_FALSE(opened(options_for(path))->keyring().has(1));
}

TEST_CASE("a copy made before an erasure is restored without the key") {
    Place const place;
    auto const folder = place.path("backups");
    std::optional<Key> other;
    {
        auto const store = opened(options_for(place.path("store")));
        REQUIRE(done(*store, sealing("a", 1, "bytes")));
        REQUIRE(done(*store, sealing("b", 2, "others")));
        other = store->keyring().key(2);
        REQUIRE(store->backup(folder, no_progress).has_value());
        REQUIRE(finish_backup(folder, 1, "whole").has_value());
        REQUIRE(done(*store, erasing("a", 1)));
    }
    auto const restored = place.path("restored");
    REQUIRE(restore_records(folder, 1, restored, no_progress).has_value());
    CHECK(verified(restored).findings.empty());
    auto const store = opened(options_for(restored));
    CHECK(store->sealed("a", 1, "phone").value() == "bytes"); // of no use to anybody
    CHECK_FALSE(store->keyring().has(1));
    CHECK(store->keyring().key(2) == other);
}

TEST_CASE("a copy that could not be reached at the erasure loses the key with the next backup") {
    Place const place;
    auto const folder = place.path("backups"), away = place.path("away");
    auto const store = opened(options_for(place.path("store")));
    REQUIRE(done(*store, sealing("a", 1, "bytes")));
    REQUIRE(store->backup(folder, no_progress).has_value());
    files::rename(folder, away);
    REQUIRE(done(*store, erasing("a", 1)));
    files::rename(away, folder);
    CHECK(opened_keyring(folder + "/keyring")->has(1));
    REQUIRE(store->backup(folder, no_progress).has_value());
    CHECK_FALSE(opened_keyring(folder + "/keyring")->has(1));
}
