package dev.sluice.gateway.boot;

import dev.sluice.broker.kafka.AdminChanges;
import dev.sluice.gateway.events.Actor;
import dev.sluice.gateway.events.Event;
import dev.sluice.gateway.events.Events;
import dev.sluice.gateway.events.FirstFew;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** Reports as events what Kafka's clients change. */
@Singleton
final class ClientChanges implements AdminChanges {

  private final Events events;
  private final Clock clock = Clock.systemUTC();

  ClientChanges(Events events) {
    this.events = events;
  }

  @Override
  public void made(Change change, String subject, List<String> details, String client) {
    String all = FirstFew.of(details.stream().map(FirstFew::cut).toList());
    events.publish(
        new Event(
            type(change),
            subject,
            message(change, FirstFew.cut(subject), all),
            clock.instant(),
            Actor.kafka(client)));
  }

  private static String type(Change change) {
    return switch (change) {
      case TOPIC_CREATED -> "topic.created";
      case TOPIC_CHANGED -> "topic.changed";
      case TOPIC_DELETED -> "topic.deleted";
      case RECORDS_DELETED -> "topic.records-deleted";
      case GROUP_CHANGED -> "group.changed";
      case GROUP_DELETED -> "group.deleted";
      case POSITIONS_DELETED -> "group.offsets-deleted";
      case RULES_ADDED -> "access.added";
      case RULES_REMOVED -> "access.removed";
      case USER_CHANGED -> "user.changed";
      case QUOTA_CHANGED -> "quota.changed";
    };
  }

  private static String message(Change change, String subject, String details) {
    return switch (change) {
      case TOPIC_CREATED -> "Topic " + subject + " was created.";
      case TOPIC_CHANGED -> "Topic " + subject + " was changed.";
      case TOPIC_DELETED -> "Topic " + subject + " was deleted with all its records.";
      case RECORDS_DELETED -> "Topic " + subject + " has lost records at its beginning.";
      case GROUP_CHANGED -> "Settings of the group were changed.";
      case GROUP_DELETED -> "The group was deleted with its positions.";
      case POSITIONS_DELETED -> "Positions of the group were deleted: " + details + ".";
      case RULES_ADDED -> "Access rules of " + subject + " were added: " + details + ".";
      case RULES_REMOVED -> "Access rules of " + subject + " were removed: " + details + ".";
      case USER_CHANGED -> "Passwords of the user were changed: " + details + ".";
      case QUOTA_CHANGED -> "Limits of " + subject + " were changed: " + details + ".";
    };
  }
}
