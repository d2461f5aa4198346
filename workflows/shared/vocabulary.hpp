#pragma once
// Facts and parties that several workflows share. Names are stored for ever: never change one.

#include "workflows/kit/clocks.hpp"

namespace banjie::workflows::shared {

using namespace kit;

struct Title : Fact<"title", Kind::text> {};
struct Description : Fact<"description", Kind::long_text> {};
struct Category : Fact<"category", Kind::category> {};
struct RegionIs : Fact<"region", Kind::region> {};
struct LevelIs : Fact<"level", Kind::choice, OneOf<"township", "county", "city", "province">> {};
struct RoundIs : Fact<"round", Kind::integer> {};
struct ReportingUnit : Fact<"reporting_unit", Kind::unit> {};
struct LeadUnitIs : Fact<"lead_unit", Kind::unit> {};
struct CoHandlersAre : Fact<"co_handlers", Kind::units> {};
struct Note : Fact<"note", Kind::long_text> {};
struct ReasonGiven : Fact<"reason", Kind::long_text> {};
struct Measures : Fact<"measures", Kind::long_text> {};
struct Findings : Fact<"findings", Kind::long_text> {};
struct Conclusions : Fact<"conclusions", Kind::long_text> {};

struct Reporter : Party<"reporter", "报送单位", "its reporting unit", Role::reporter,
                        OfGovernment<ReportingUnit>> {};
struct LeadUnit
    : Party<"lead_unit", "牵头单位", "its lead unit", Role::handler, OfUnit<LeadUnitIs>> {};
struct CoHandlers
    : Party<"co_handlers", "配合单位", "a co-handler", Role::handler, OfUnits<CoHandlersAre>> {};
struct Coordinator : Party<"coordinator", "本级协调员", "its coordinator", Role::coordinator,
                           OfOffice<LevelIs, RegionIs>> {};
struct Screener : Party<"screener", "本级审核部门", "its screener", Role::screener,
                        OfOffice<LevelIs, RegionIs>> {};
struct Visitor
    : Party<"visitor", "回访组", "a follow-up team", Role::visitor, OverRegion<RegionIs>> {};
struct UpperCoordinator
    : Party<"upper_coordinator", "本级或上级协调员", "a coordinator of its level or above",
            Role::coordinator, FromOffice<LevelIs, RegionIs>> {};
struct Supervisor : Party<"supervisor", "督查部门", "a supervisor of its level or above",
                          Role::supervisor, FromOffice<LevelIs, RegionIs>> {};
struct ProvincialOffice
    : Party<"provincial_office", "省级协调员", "the coordinator of the province", Role::coordinator,
            OfProvince<RegionIs>> {};
// Parties of no particular instance.
struct AnyCoordinator
    : Party<"any_coordinator", "县级以上协调员", "a coordinator of a county or above",
            Role::coordinator, FromLevel<Level::county>> {};
struct AnySupervisor : Party<"any_supervisor", "督查部门", "a supervisor", Role::supervisor> {};
struct ProvinceCoordinator
    : Party<"provincial_coordinator", "省级协调员", "the coordinator of the province",
            Role::coordinator, FromLevel<Level::province>> {};

} // namespace banjie::workflows::shared
