package dev.sluice.gateway.rest.topic;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.connector.Units;
import dev.sluice.gateway.log.Retention;
import dev.sluice.gateway.rest.ApiException;
import java.time.Duration;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How long records are kept, written as in the configuration file. */
@Schema(name = "Retention", description = "How long records are kept; without any limit, forever.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetentionJson(
    @Schema(
            description = "Records older than this may be deleted: a number and ms, s, m, h or d.",
            pattern = Units.DURATION_PATTERN,
            examples = "7d")
        @Nullable String time,
    @Schema(
            description =
                "The oldest records of a partition are deleted while it is larger: a number and B,"
                    + " KiB, MiB, GiB, TiB, KB, MB, GB or TB.",
            pattern = Units.SIZE_PATTERN,
            examples = "10GiB")
        @Nullable String size) {

  /** Written in the largest units that divide the limits. */
  public static RetentionJson of(Retention retention) {
    Duration time = retention.time();
    Long size = retention.sizeBytes();
    return new RetentionJson(
        time == null ? null : format(time), size == null ? null : formatSize(size));
  }

  /**
   * As the log wants it.
   *
   * @throws ApiException if a unit or number is wrong
   */
  Retention toRetention() {
    return new Retention(
        parse("/retention/time", time, Units::duration),
        parse("/retention/size", size, Units::sizeBytes));
  }

  private static <T> @Nullable T parse(
      String path, @Nullable String text, Function<String, T> parser) {
    if (text == null) {
      return null;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException wrong) {
      throw ApiException.invalid(
          path, String.valueOf(wrong.getMessage()) + ".", "Leave it out for no limit.");
    }
  }

  /** In the largest unit that divides it. */
  static String format(Duration time) {
    long millis = time.toMillis();
    long[] units = {86_400_000, 3_600_000, 60_000, 1_000, 1};
    String[] names = {"d", "h", "m", "s", "ms"};
    return inLargest(millis, units, names);
  }

  /** In the largest binary unit that divides it. */
  static String formatSize(long bytes) {
    long[] units = {1L << 40, 1L << 30, 1L << 20, 1L << 10, 1};
    String[] names = {"TiB", "GiB", "MiB", "KiB", "B"};
    return inLargest(bytes, units, names);
  }

  private static String inLargest(long amount, long[] units, String[] names) {
    int unit = 0;
    while (unit < units.length - 1 && (amount == 0 || amount % units[unit] != 0)) {
      unit++;
    }
    return amount / units[unit] + names[unit];
  }
}
