#include "engine/office.hpp"

namespace banjie::engine {

Office::Office(storage::Store& the_store, Clock& the_clock, Random& the_random,
               std::unique_ptr<storage::Blobs> blobs, std::shared_ptr<Rules const> rules)
    : store(the_store), clock(the_clock), random(the_random), stream(store),
      documents(store, stream, clock), rulebook(std::move(rules)),
      administration(documents, rulebook), security(documents, clock),
      accounts(documents, organisations, security, clock, random),
      index(rulebook.rules()->workflows), world(organisations, index),
      engine(store, rulebook, world, index, stream, clock, random),
      personal_data(store, rulebook, documents, clock),
      attachments(documents, rulebook, std::move(blobs), clock, random),
      notifications(stream, engine, rulebook, documents),
      api_keys(documents, organisations, accounts, clock, random), acts(documents, clock, random) {}

Outcome<void> Office::load() {
    if (auto loaded = administration.load(); !loaded) return loaded;
    if (auto loaded = organisations.load(documents); !loaded) return loaded;
    if (auto loaded = security.load(); !loaded) return loaded;
    if (auto loaded = accounts.load(); !loaded) return loaded;
    if (auto loaded = api_keys.load(); !loaded) return loaded;
    if (auto loaded = acts.load(); !loaded) return loaded;
    if (auto loaded = attachments.load(); !loaded) return loaded;
    return engine.load();
}

} // namespace banjie::engine
