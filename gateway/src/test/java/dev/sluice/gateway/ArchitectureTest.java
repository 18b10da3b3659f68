package dev.sluice.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which rooms of the gateway may know which. */
@AnalyzeClasses(
    packages = "dev.sluice.gateway",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule theRuntimeKnowsConnectorsAndLogOnlyByTheirPorts =
      noClasses()
          .that()
          .resideInAPackage("..gateway.connect..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.sluice.source..",
              "dev.sluice.sink..",
              "dev.sluice.broker..",
              "dev.sluice.log..",
              "io.quarkus..",
              "io.smallrye..",
              "jakarta..");

  @ArchTest
  static final ArchRule onlyTransformsKnowCamel =
      noClasses()
          .that()
          .resideInAPackage("..gateway.connect..")
          .and()
          .resideOutsideOfPackage("..gateway.connect.transform..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.camel..");

  @ArchTest
  static final ArchRule theLogIsReachedThroughItsPorts =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "..gateway.boot..", "..gateway.kafka..", "..gateway.log.embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.sluice.broker..", "dev.sluice.log..");

  @ArchTest
  static final ArchRule connectorsAreNamedNowhere =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.sluice.source..", "dev.sluice.sink..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.sluice.gateway.(**)").should().beFreeOfCycles();
}
