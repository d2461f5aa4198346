#include "engine/audit/signing_key.hpp"
#include "tests/storage/place.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sys/stat.h>

using namespace banjie::engine;
namespace storage = banjie::storage;

namespace {

void write(std::string const& path, std::string const& text) {
    std::ofstream(path) << text;
}

} // namespace

TEST_CASE("what a key signs is verified by its public part, and nothing else is") {
    auto const key = SigningKey::make();
    auto const signature = key.sign("a head");
    CHECK(signature.size() == 64);
    CHECK(key.public_key().verifies("a head", signature));
    CHECK_FALSE(key.public_key().verifies("another head", signature));
    CHECK_FALSE(key.public_key().verifies("a head", signature.substr(1)));
    CHECK_FALSE(SigningKey::make().public_key().verifies("a head", signature));
}

TEST_CASE("a key that was written is read back, and its file is its owner's alone") {
    storage::Place const place;
    auto const path = place.path("key.pem");
    auto const key = SigningKey::make();
    REQUIRE(key.write(path).has_value());
    struct stat found {};
    REQUIRE(::stat(path.c_str(), &found) == 0);
    CHECK((found.st_mode & 0777U) == 0600);
    CHECK(SigningKey::read(path).value().public_key().id() == key.public_key().id());
    write(place.path("key.pub"), key.public_key().pem());
    auto const read = PublicKey::read(place.path("key.pub"));
    REQUIRE(read.has_value());
    CHECK(read->id().size() == 16);
    CHECK(read->verifies("a head", key.sign("a head")));
    CHECK_FALSE(SigningKey::make().write(path).has_value());
}

TEST_CASE("keys of another kind, and private keys that everybody may read, are refused") {
    storage::Place const place;
    auto const path = place.path("key.pem");
    REQUIRE(SigningKey::make().write(path).has_value());
    CHECK_FALSE(PublicKey::read(path).has_value());
    REQUIRE(::chmod(path.c_str(), 0644) == 0);
    CHECK_FALSE(SigningKey::read(path).has_value());
    CHECK_FALSE(SigningKey::read(place.path("absent")).has_value());
    write(place.path("text"), "no key\n");
    CHECK_FALSE(SigningKey::read(place.path("text")).has_value());
    // An elliptic curve's, of P-256.
    write(place.path("other"), "-----BEGIN PUBLIC KEY-----\n"
                               "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMKBCTNIcKUSDii11ySs3526iDZ8A\n"
                               "iTo7Tu6KPAqv7D7gS2XpJFbZiItSs3m9+9Ue6GnvHw/GW2ZZaVtszggXIw==\n"
                               "-----END PUBLIC KEY-----\n");
    CHECK_FALSE(PublicKey::read(place.path("other")).has_value());
}
