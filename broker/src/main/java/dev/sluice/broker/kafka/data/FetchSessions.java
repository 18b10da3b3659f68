package dev.sluice.broker.kafka.data;

import dev.sluice.broker.kafka.data.Wanted.PartitionKey;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The fetch sessions there are: so many at most, and so many partitions in all of them. Where there
 * is no room, the one that has been silent longest goes; its client begins a new one. Thread-safe.
 */
final class FetchSessions {

  private final int maxSessions;
  private final int maxPartitions;
  private final LinkedHashMap<Integer, FetchSession> byId = new LinkedHashMap<>(16, 0.75f, true);

  FetchSessions(int maxSessions, int maxPartitions) {
    this.maxSessions = maxSessions;
    this.maxPartitions = maxPartitions;
  }

  /** A new session; empty if it would be too large. */
  synchronized Optional<FetchSession> open(boolean usesTopicIds, List<Wanted> wanted) {
    if (wanted.isEmpty() || wanted.size() > maxPartitions) {
      return Optional.empty();
    }
    makeRoom(maxSessions - 1, maxPartitions - wanted.size());
    int id;
    do {
      id = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
    } while (byId.containsKey(id));
    FetchSession session = new FetchSession(id, usesTopicIds, wanted);
    FetchSession unused = byId.put(id, session);
    return Optional.of(session);
  }

  synchronized Optional<FetchSession> find(int id) {
    return Optional.ofNullable(byId.get(id));
  }

  synchronized void close(int id) {
    FetchSession unused = byId.remove(id);
  }

  /**
   * Changes what a session is about, for which others may have to go.
   *
   * @return false if it has become too large, and is gone itself
   */
  synchronized boolean update(
      FetchSession session, List<Wanted> changed, List<PartitionKey> forgotten) {
    session.update(changed, forgotten);
    if (changed.isEmpty()) {
      return true;
    }
    if (session.size() > maxPartitions) {
      close(session.id());
      return false;
    }
    makeRoom(maxSessions, maxPartitions); // This one was used last, so it is the last to go.
    return true;
  }

  private void makeRoom(int sessions, int partitions) {
    int used = byId.values().stream().mapToInt(FetchSession::size).sum();
    Iterator<Map.Entry<Integer, FetchSession>> oldest = byId.entrySet().iterator();
    while (oldest.hasNext() && (byId.size() > sessions || used > partitions)) {
      used -= oldest.next().getValue().size();
      oldest.remove();
    }
  }
}
