package dev.sluice.gateway.rest.event;

import dev.sluice.gateway.rest.event.EventJson.EventActor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which events are wanted; null wants all.
 *
 * @param type a type, or what types begin with up to a dot: {@code connector}
 * @param subject what it happened to, exactly
 * @param who a kind of actor, or a part of an actor's name
 * @param text a part of type, subject or message, in any case
 */
record EventFilter(
    @Nullable String type, @Nullable String subject, @Nullable String who, @Nullable String text) {

  boolean accepts(EventJson event) {
    return (type == null || event.type().equals(type) || event.type().startsWith(type + "."))
        && (subject == null || event.subject().equals(subject))
        && (who == null || isBy(event.actor(), who))
        && (text == null
            || contains(event.message(), text)
            || contains(event.subject(), text)
            || contains(event.type(), text));
  }

  private static boolean isBy(@Nullable EventActor actor, String who) {
    if (actor == null) {
      return false;
    }
    String name = actor.name();
    return actor.kind().equals(who) || (name != null && contains(name, who));
  }

  private static boolean contains(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }
}
