package dev.sluice.gateway.rest.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.gateway.config.ConfigEditor;
import dev.sluice.gateway.config.ConfigPlan;
import dev.sluice.gateway.config.Problem;
import dev.sluice.gateway.log.TopicDifference;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What came of checking a configuration: mistakes or a plan. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ConfigCheck", description = "The mistakes in a configuration, or its plan.")
record ConfigCheckJson(
    @Schema(description = "All mistakes, by place.") List<ConfigProblem> problems,
    @Schema(description = "What would change; absent if there are mistakes.")
        @Nullable ConfigPlanJson plan) {

  static ConfigCheckJson of(ConfigEditor.Checked checked) {
    return switch (checked) {
      case ConfigEditor.Checked.Mistakes mistakes ->
          new ConfigCheckJson(mistakes.problems().stream().map(ConfigProblem::of).toList(), null);
      case ConfigEditor.Checked.Planned planned ->
          new ConfigCheckJson(List.of(), ConfigPlanJson.of(planned.plan()));
    };
  }

  /** A mistake. */
  @Schema(description = "A mistake in a configuration file.")
  record ConfigProblem(
      @Schema(examples = "gateway.yaml") String file,
      @Schema(description = "From 1; 0 for the file as a whole.", examples = "12") int line,
      @Schema(description = "From 1; 0 for the file as a whole.", examples = "24") int column,
      @Schema(description = "The setting; may be empty.", examples = "connectors.shop.topic")
          String path,
      @Schema(description = "What is wrong.") String message,
      @Schema(description = "What to do about it; may be empty.") String suggestion) {

    private static ConfigProblem of(Problem problem) {
      return new ConfigProblem(
          problem.file(),
          problem.line(),
          problem.column(),
          problem.path(),
          problem.message(),
          problem.suggestion());
    }
  }

  /** What would change. */
  @Schema(name = "ConfigPlan", description = "What would change if it were applied.")
  record ConfigPlanJson(
      @Schema(description = "Whether nothing would.") boolean empty,
      @Schema(description = "Settings of the process that differ; they need a restart of it.")
          List<String> server,
      List<PlannedChange> topics,
      List<PlannedChange> connectors,
      @Schema(description = "What can't be done to what is there.") List<String> conflicts) {

    static ConfigPlanJson of(ConfigPlan plan) {
      return new ConfigPlanJson(
          plan.isEmpty(),
          plan.server(),
          plan.topics().stream().map(PlannedChange::of).toList(),
          plan.connectors().stream().map(PlannedChange::of).toList(),
          plan.conflicts());
    }
  }

  /** What would happen to one topic or connector. */
  @Schema(description = "What happens to a topic or a connector.")
  record PlannedChange(
      @Schema(
              description =
                  "create, change (of a connector: it restarts), remove (a topic stays, with its"
                      + " records) or keep.",
              examples = "change")
          String action,
      @Schema(examples = "shop") String name,
      @Schema(description = "What it is, in words.", examples = "source mqtt -> temperatures")
          String what,
      @Schema(
              description =
                  "The settings of a connector that differ; empty if only what references and"
                      + " secrets stand for does.")
          List<String> settings,
      @Schema(description = "The settings of a topic that differ, from what is set for it now.")
          List<TopicSettingChange> differences,
      @Schema(
              description =
                  "Whether it takes the place of a connector that was made over HTTP, which is"
                      + " forgotten with its secrets.")
          boolean replaces) {

    private static PlannedChange of(ConfigPlan.Change change) {
      return new PlannedChange(
          change.action().name().toLowerCase(Locale.ROOT),
          change.name(),
          change.what(),
          change.settings(),
          change.differences().stream().map(TopicSettingChange::of).toList(),
          change.replaces());
    }
  }

  /** A setting of a topic that would change. */
  @Schema(description = "A setting of a topic that would change.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TopicSettingChange(
      @Schema(examples = "retention.time") String setting,
      @Schema(description = "As it is now; absent if it is not set.", examples = "30d")
          @Nullable String before,
      @Schema(description = "As it would be; absent if it would not be set.", examples = "7d")
          @Nullable String after) {

    private static TopicSettingChange of(TopicDifference difference) {
      return new TopicSettingChange(difference.setting(), difference.before(), difference.after());
    }
  }
}
