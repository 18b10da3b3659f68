package dev.sluice.gateway.rest.capture;

import dev.sluice.gateway.rest.ApiException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A request for a snapshot as it is sent. */
@Schema(description = "Which tables to read as a whole.")
record SnapshotOrder(
    @Schema(
            description = "Captured tables, as schema.table or, in the default schema, table.",
            required = true,
            examples = "[\"public.orders\"]")
        @Nullable List<@Nullable String> tables) {

  private static final int MAX_TABLES = 100;
  private static final int MAX_NAME_CHARS = 200;

  /**
   * The tables.
   *
   * @throws ApiException 400 if there is none, or something that is no name
   */
  List<String> checked() {
    if (tables == null || tables.isEmpty() || tables.size() > MAX_TABLES) {
      throw ApiException.invalid(
          "/tables",
          "A snapshot is of 1 to " + MAX_TABLES + " tables.",
          "Send {\"tables\": [\"public.orders\"]}.");
    }
    for (int i = 0; i < tables.size(); i++) {
      String name = tables.get(i);
      if (name == null || name.isBlank() || name.length() > MAX_NAME_CHARS) {
        throw ApiException.invalid(
            "/tables/" + i, "This is no table's name.", "Write schema.table.");
      }
    }
    return List.copyOf(tables.stream().map(String::valueOf).toList());
  }
}
