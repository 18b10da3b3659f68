package dev.sluice.gateway.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which letters are meant. What is null or absent excludes nothing.
 *
 * @param state what has been done with them
 * @param code the error's code
 * @param connector who set them aside
 * @param origin the topic that they were in
 * @param text what key, value or message contain, in whatever case
 * @param since set aside at this time or later
 * @param until set aside before this time
 */
public record Filter(
    State state,
    @Nullable String code,
    @Nullable String connector,
    @Nullable String origin,
    @Nullable String text,
    @Nullable Instant since,
    @Nullable Instant until) {

  /** What has been done with a letter. */
  public enum State {
    OPEN,
    SENT,
    DISCARDED,
    ANY
  }

  /** All that have not been dealt with. */
  public static final Filter OPEN = new Filter(State.OPEN, null, null, null, null, null, null);

  /**
   * Whether it takes the letter.
   *
   * @param mark what was done with it, or null
   */
  public boolean takes(Letter letter, @Nullable Mark mark) {
    return takes(mark)
        && (code == null || code.equals(letter.error().code()))
        && (connector == null || connector.equals(letter.connector()))
        && (origin == null || letter.origin() != null && origin.equals(letter.origin().topic()))
        && (since == null || letter.timeMillis() >= since.toEpochMilli())
        && (until == null || letter.timeMillis() < until.toEpochMilli())
        && (text == null || contains(letter, text.toLowerCase(Locale.ROOT)));
  }

  private boolean takes(@Nullable Mark mark) {
    return switch (state) {
      case ANY -> true;
      case OPEN -> mark == null;
      case SENT -> mark != null && mark.act() == Mark.Act.SENT;
      case DISCARDED -> mark != null && mark.act() == Mark.Act.DISCARDED;
    };
  }

  private static boolean contains(Letter letter, String wanted) {
    return Stream.of(
            letter.error().message(),
            text(letter.original().key()),
            text(letter.original().value()))
        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, UTF_8);
  }
}
