package dev.sluice.gateway.rest.status;

import dev.sluice.gateway.connect.TargetState;
import dev.sluice.gateway.connect.TaskState;
import dev.sluice.gateway.events.Event;
import dev.sluice.gateway.history.GrowingLag;
import dev.sluice.gateway.history.Rejected;
import dev.sluice.gateway.log.DamagedPlace;
import dev.sluice.gateway.log.Disk.Space;
import dev.sluice.gateway.rest.group.GroupSummary;
import dev.sluice.gateway.rest.status.Attention.Kind;
import dev.sluice.gateway.rest.status.Attention.Severity;
import dev.sluice.gateway.rest.status.Overview.TopicSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides what needs attention. Pure. */
final class AttentionRules {

  private static final long GIB = 1L << 30;

  /** Less free space than this is an emergency. */
  private static final long NO_SPACE_BYTES = GIB / 4;

  /** Less is low on any disk, and so is a small part of one that is not huge. */
  private static final long LOW_SPACE_BYTES = GIB;

  private static final double LOW_SPACE_PART = 0.05;
  private static final long AMPLE_SPACE_BYTES = 20 * GIB;

  private AttentionRules() {}

  /**
   * The facts to decide by.
   *
   * @param growing groups that fall behind, by name
   * @param rejected what connectors have set aside lately, by name
   * @param damage places on disk that can't be read back
   * @param refused the last change of the configuration, if it was refused
   */
  record Facts(
      List<TopicSummary> topics,
      List<ConnectorSummary> connectors,
      List<GroupSummary> groups,
      Map<String, GrowingLag> growing,
      Map<String, Rejected> rejected,
      Optional<Space> space,
      List<DamagedPlace> damage,
      Optional<Event> refused) {}

  /** All that needs someone, the worst first. */
  static List<Attention> of(Facts facts) {
    List<Attention> found = new ArrayList<>();
    facts.space.flatMap(AttentionRules::disk).ifPresent(found::add);
    facts.topics.forEach(topic -> offline(topic, found));
    facts.connectors.forEach(connector -> connector(connector, found));
    lag(facts, found);
    facts.rejected.forEach((connector, some) -> found.add(deadLetters(connector, some)));
    facts.refused.map(AttentionRules::configuration).ifPresent(found::add);
    facts.damage.forEach(place -> found.add(damage(place)));
    found.sort(
        Comparator.comparing(Attention::severity)
            .thenComparing(Attention::kind)
            .thenComparing(Attention::subject));
    return List.copyOf(found);
  }

  static Optional<Attention> disk(Space space) {
    long free = space.freeBytes();
    boolean isLow =
        free < LOW_SPACE_BYTES
            || (free < space.totalBytes() * LOW_SPACE_PART && free < AMPLE_SPACE_BYTES);
    return isLow
        ? Optional.of(
            new Attention(
                Kind.DISK,
                free < NO_SPACE_BYTES ? Severity.ERROR : Severity.WARNING,
                space.directory(),
                String.format(
                    Locale.ROOT,
                    "Only %.1f of %.0f GiB are free on the disk of the log.",
                    (double) free / GIB,
                    (double) space.totalBytes() / GIB),
                "Free space, or shorten the retention of the largest topics: when it is full,"
                    + " nothing can be written any more.",
                null))
        : Optional.empty();
  }

  private static void offline(TopicSummary topic, List<Attention> to) {
    for (String reason : topic.offline()) {
      to.add(
          new Attention(
              Kind.OFFLINE,
              Severity.ERROR,
              topic.name(),
              reason,
              "The other partitions go on; GET /q/health says what is damaged, if anything is.",
              null));
    }
  }

  private static void connector(ConnectorSummary connector, List<Attention> to) {
    TaskErrorJson error = connector.error();
    boolean isFailed = connector.state() == TaskState.FAILED;
    if (isFailed || error != null) {
      to.add(
          new Attention(
              isFailed ? Kind.FAILED : Kind.STUMBLING,
              isFailed ? Severity.ERROR : Severity.WARNING,
              connector.name(),
              error == null ? "It has failed." : error.message(),
              error == null ? null : error.suggestion(),
              connector.since()));
    }
  }

  /** What a connector leaves behind that has an error, or that someone has halted, is no news. */
  private static void lag(Facts facts, List<Attention> to) {
    Map<String, ConnectorSummary> connectors = new HashMap<>();
    facts.connectors.forEach(connector -> connectors.put(connector.name(), connector));
    for (GroupSummary group : facts.groups) {
      GrowingLag lag = facts.growing.get(group.name());
      String name = group.connector();
      ConnectorSummary connector = name == null ? null : connectors.get(name);
      if (lag != null && (connector == null || isWorking(connector))) {
        to.add(growing(group, lag));
      }
    }
  }

  private static boolean isWorking(ConnectorSummary connector) {
    return connector.error() == null && connector.target() == TargetState.STARTED;
  }

  private static Attention growing(GroupSummary group, GrowingLag lag) {
    @Nullable String connector = group.connector();
    String cure =
        connector != null
            ? "See what its target can take; more tasks read more partitions at once."
            : group.members() == 0
                ? "Nobody reads: start its consumers, or delete the group."
                : "Add consumers, up to one for each partition, or make them faster.";
    return new Attention(
        Kind.GROWING_LAG,
        Severity.WARNING,
        group.name(),
        String.format(
            Locale.ROOT,
            "%,d records wait, and they become more by %,.0f a minute.",
            lag.lag(),
            lag.perSecond() * 60),
        cure,
        Instant.ofEpochMilli(lag.sinceMillis()));
  }

  private static Attention deadLetters(String connector, Rejected some) {
    return new Attention(
        Kind.DEAD_LETTERS,
        Severity.WARNING,
        connector,
        some.records() == 1
            ? "A record was set aside in the last quarter of an hour."
            : String.format(
                Locale.ROOT,
                "%,d records were set aside in the last quarter of an hour.",
                some.records()),
        "Its dead letters say why.",
        Instant.ofEpochMilli(some.sinceMillis()));
  }

  private static Attention configuration(Event refused) {
    return new Attention(
        Kind.CONFIGURATION,
        Severity.WARNING,
        refused.subject(),
        refused.message(),
        "Correct the files; what was in force before is so until then.",
        refused.time());
  }

  private static Attention damage(DamagedPlace place) {
    return new Attention(Kind.DAMAGE, Severity.WARNING, place.topic(), place.problem(), null, null);
  }
}
