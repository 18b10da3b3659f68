package dev.sluice.log;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.sluice.log", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule DEPENDS_ON_JDK_SLF4J_AND_CODECS_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.sluice.log..",
              "java..",
              "org.slf4j..",
              "org.jspecify.annotations..",
              "net.jpountz..",
              "org.xerial.snappy..",
              "com.github.luben.zstd..");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("dev.sluice.log.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule FILES_ARE_REACHED_THROUGH_THE_PORT =
      classes()
          .that()
          .resideOutsideOfPackage("dev.sluice.log.io..")
          .should()
          .onlyAccessClassesThat()
          .haveNameNotMatching(
              "java\\.nio\\.file\\.Files|java\\.nio\\.channels\\.FileChannel|java\\.io\\.File.*");

  @ArchTest
  static final ArchRule RECORD_AND_RETENTION_ARE_PURE =
      classes()
          .that()
          .resideInAnyPackage("dev.sluice.log.record..", "dev.sluice.log.retention..")
          .should()
          .onlyAccessClassesThat()
          .haveNameNotMatching(
              "java\\.lang\\.Thread|java\\.time\\.Clock|java\\.util\\.concurrent\\..*");
}
