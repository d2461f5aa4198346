#include "workflows/contract/region.hpp"

#include <doctest/doctest.h>

using namespace banjie::workflows;

TEST_CASE("a region's code has 2, 4, 6 or 9 digits, and nothing else is one") {
    CHECK(Region::from("36")->level() == Level::province);
    CHECK(Region::from("3607")->level() == Level::city);
    CHECK(Region::from("360731")->level() == Level::county);
    CHECK(Region::from("360731100")->level() == Level::township);
    for (auto const* code : {"", "3", "36073", "3607311", "3607311000", "36-7", "36x7", "36 7"})
        CHECK_FALSE(Region::from(code));
}

TEST_CASE("each region lies within those above it") {
    auto const township = *Region::from("360731100");
    CHECK(township.above()->code() == "360731");
    CHECK(township.above()->above()->code() == "3607");
    CHECK(township.above()->above()->above()->code() == "36");
    CHECK_FALSE(Region::from("36")->above());
    CHECK(Region::from("3607")->covers(township));
    CHECK(township.covers(township));
    CHECK_FALSE(township.covers(*Region::from("3607")));
    CHECK_FALSE(Region::from("3601")->covers(township));
}

TEST_CASE("the office of a level over a region is the region's own where it is higher") {
    auto const township = *Region::from("360731100");
    CHECK(township.office_at(Level::township) == township);
    CHECK(township.office_at(Level::county).code() == "360731");
    CHECK(township.office_at(Level::city).code() == "3607");
    CHECK(township.office_at(Level::province).code() == "36");
    CHECK(Region::from("3607")->office_at(Level::county).code() == "3607");
}

TEST_CASE("an organisation's code begins with its region") {
    CHECK(Region::of_organisation("360731-transport")->code() == "360731");
    CHECK(Region::of_organisation("360731")->code() == "360731");
    CHECK_FALSE(Region::of_organisation("transport"));
    CHECK_FALSE(Region::of_organisation("-transport"));
    CHECK(Region::is_department("360731-transport"));
    CHECK_FALSE(Region::is_department("360731"));
}

TEST_CASE("the code of an organisation is a region's, or has a slug in small letters besides") {
    for (auto const* code : {"36", "360731100", "36-follow-up", "3607-bureau-2"})
        CHECK(Region::is_organisation(code));
    for (auto const* code : {"", "transport", "-transport", "36-", "36-Transport", "36-交通",
                             "36073-transport", "36 transport"})
        CHECK_FALSE(Region::is_organisation(code));
    CHECK(Region::is_organisation("36-" + std::string(40, 'a')));
    CHECK_FALSE(Region::is_organisation("36-" + std::string(41, 'a')));
}
