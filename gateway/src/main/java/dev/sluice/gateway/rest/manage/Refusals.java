package dev.sluice.gateway.rest.manage;

import dev.sluice.gateway.config.DraftResult;
import dev.sluice.gateway.config.DraftResult.DraftProblem;
import dev.sluice.gateway.manage.ChangeResult;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.ApiException.Category;
import dev.sluice.gateway.rest.KnownConnectors;
import dev.sluice.gateway.rest.Mistake;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;

/** The answers to wishes that were not fulfilled. */
public final class Refusals {

  private Refusals() {}

  /**
   * What to answer.
   *
   * @throws IllegalArgumentException if the wish was fulfilled
   */
  public static ApiException of(ChangeResult result) {
    return switch (result) {
      case ChangeResult.Refused refused -> invalid(refused.draft(), "");
      case ChangeResult.InFile inFile -> declaredInFile(inFile.spec().name());
      case ChangeResult.Exists exists ->
          ApiException.conflict(
              "connector-exists",
              "There is a connector '" + exists.spec().name() + "' already.",
              "Choose another name, or PUT what it is to be.");
      case ChangeResult.Stale stale ->
          new ApiException(
              412,
              "version-changed",
              Category.USER,
              "The connector '" + stale.name() + "' is another one than it was, or is gone.",
              HttpHeaders.IF_MATCH,
              "GET /api/v1/connectors/" + stale.name() + " shows what is there now.");
      case ChangeResult.Unknown unknown -> KnownConnectors.unknown(unknown.name());
      case ChangeResult.TooMany tooMany ->
          ApiException.conflict(
              "too-many-connectors",
              tooMany.limit()
                  + " connectors were made over HTTP, which is as many as there may be.",
              "Delete some, or declare connectors in the configuration file.");
      case ChangeResult.TooEarly early ->
          new ApiException(
              503,
              "starting",
              Category.RESOURCE,
              "The gateway is starting, and has not read its connectors yet.",
              null,
              "Try again in a moment.");
      case ChangeResult.Created done -> throw fulfilled(done);
      case ChangeResult.Changed done -> throw fulfilled(done);
      case ChangeResult.Removed done -> throw fulfilled(done);
    };
  }

  private static IllegalArgumentException fulfilled(ChangeResult done) {
    return new IllegalArgumentException("Nothing was refused: " + done.getClass());
  }

  private static ApiException declaredInFile(String name) {
    return ApiException.conflict(
        "declared-in-file",
        "The configuration file declares the connector '" + name + "'.",
        "Change it there, or under Configuration in the user interface; the change takes effect"
            + " without a restart of the process.");
  }

  /**
   * The answer to a declaration that can't be used.
   *
   * @param at a JSON pointer to where it stands in the request; empty if it is all of it
   */
  public static ApiException invalid(DraftResult.Invalid draft, String at) {
    List<DraftProblem> problems = draft.problems();
    DraftProblem first = problems.getFirst();
    String more = problems.size() == 1 ? "" : "; " + (problems.size() - 1) + " more in 'problems'";
    return new ApiException(
        400,
        "invalid-connector",
        Category.CONFIGURATION,
        "The connector can't be used as it is declared: " + first.message() + more + ".",
        at + first.path(),
        first.suggestion().isEmpty() ? "Change it there." : first.suggestion(),
        mistakes(problems, at));
  }

  /** All of them, with places that begin at one of the request. */
  static List<Mistake> mistakes(List<DraftProblem> problems, String at) {
    return problems.stream()
        .map(each -> new Mistake(at + each.path(), each.message(), each.suggestion()))
        .toList();
  }
}
