package io.melin.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * The tiers of docs/ARCHITECTURE.md, and what is allowed where.
 *
 * <p>A package is named by its root: {@code replication.netty} belongs to {@code replication},
 * unless the table gives it a row of its own.
 */
class ArchitectureTest {
    private static final String ROOT = "io.melin.";
    private static final Path TABLE = Path.of("..", "docs", "ARCHITECTURE.md");
    private static final Pattern ROW = Pattern.compile("\\| (\\d) \\|(( `[a-z.]+`)+) \\|");

    private static final JavaClasses CORE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.melin");

    @Test
    void aPackageDependsOnLowerTiersOnly() throws IOException {
        ArchRuleDefinition.classes().should(stayBelow(tiers())).check(CORE);
    }

    @Test
    void theTableNamesEachPackageAndNoOther() throws IOException {
        Map<String, Integer> tiers = tiers();

        assertThat(CORE).extracting(type -> family(tiers, type)).containsAll(tiers.keySet());
        assertThat(tiers).containsKeys("app", "node");
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("io.melin.(**)").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void aFewLibrariesAreKnownAndNoFramework() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "io.melin..",
                        "java..",
                        "org.jspecify.annotations",
                        "com.lmax.disruptor",
                        "org.jctools.queues..",
                        "io.netty..",
                        "javax.net.ssl",
                        "net.openhft.affinity",
                        "com.sun.jna")
                .because("the core runs without Spring, Micrometer, Agrona and sun.misc")
                .check(CORE);
    }

    @Test
    void theRingLibraryIsSeenByTheRingOnly() {
        confine("com.lmax.disruptor..", "io.melin.ring..");
    }

    @Test
    void theNetworkLibraryIsSeenByTheNettyPackagesOnly() {
        confine("io.netty..", "io.melin..netty..");
    }

    @Test
    void theAffinityLibraryIsSeenByTheStagesAndItsBridgeByThemAndTheFiles() {
        confine("net.openhft..", "io.melin.stage..");
        confine("com.sun.jna..", "io.melin.stage..", "io.melin.storage..");
    }

    @Test
    void memoryOrderIsChosenInFourPackages() {
        confine(
                "java.lang.invoke..",
                "io.melin.cursor..",
                "io.melin.ring..",
                "io.melin.stage..",
                "io.melin.trace..");
    }

    @Test
    void queuesAreThoseThatNeedNoUnsafe() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        describe(
                                "are JCTools classes that need Unsafe",
                                type ->
                                        type.getPackageName().startsWith("org.jctools.")
                                                && !type.getPackageName().endsWith(".varhandle")
                                                && !type.getPackageName().endsWith(".atomic")
                                                && !type.isInterface()))
                .check(CORE);
    }

    @Test
    void clocksAreReadInTimeOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.melin.time..")
                .should()
                .accessTargetWhere(describe("it reads a clock", ArchitectureTest::readsClock))
                .check(CORE);
    }

    @Test
    void threadsBeginInStageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.melin.stage..")
                .should()
                .accessTargetWhere(describe("it makes a thread", ArchitectureTest::makesThread))
                .check(CORE);
    }

    @Test
    void stagesKnowNoLockAndNoQueueThatWaits() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.melin.pipeline..",
                        "io.melin.local..",
                        "io.melin.gateway..",
                        "io.melin.ring..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.locks.LockSupport")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo("java.util.concurrent.locks.Lock")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo("java.util.concurrent.BlockingQueue")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .because("nothing waits inside doWork but write and force")
                .check(CORE);
    }

    @Test
    void logsToTheSystemLoggerOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.slf4j..", "org.apache.commons..")
                .check(CORE);
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CORE);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(CORE)
                .extracting(JavaClass::getPackage)
                .filteredOn(found -> !found.isAnnotatedWith(NullMarked.class))
                .extracting(JavaPackage::getName)
                .isEmpty();
    }

    private static void confine(String library, String... homes) {
        noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CORE);
    }

    private static boolean readsClock(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        boolean isSystem =
                owner.isEquivalentTo(System.class)
                        && Set.of("nanoTime", "currentTimeMillis").contains(name);
        boolean isNow = owner.getPackageName().equals("java.time") && name.equals("now");
        boolean isDate = owner.isEquivalentTo(Date.class) && name.equals("<init>");
        return isSystem || isNow || isDate || owner.isAssignableTo(Clock.class);
    }

    private static boolean makesThread(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        boolean isNew = name.equals("<init>");
        boolean isThread =
                isNew && (owner.isAssignableTo(Thread.class) || owner.isAssignableTo(Timer.class));
        boolean isPool =
                owner.getPackageName().startsWith("java.util.concurrent")
                        && (isExactly(owner, Executors.class)
                                || owner.isAssignableTo(Executor.class) && !owner.isInterface());
        boolean isLoop =
                isNew
                        && owner.getPackageName().startsWith("io.netty")
                        && owner.isAssignableTo(Executor.class)
                        && !owner.getSimpleName().equals("ManualIoEventLoop");
        boolean isCommonPool = isExactly(owner, CompletableFuture.class) && name.endsWith("Async");
        boolean isParallel = name.equals("parallel") || name.equals("parallelStream");
        return isThread || isPool || isLoop || isCommonPool || isParallel;
    }

    private static boolean isExactly(JavaClass owner, Class<?> type) {
        return owner.isEquivalentTo(type);
    }

    private static ArchCondition<JavaClass> stayBelow(Map<String, Integer> tiers) {
        return new ArchCondition<>("depend only on their own package and on lower tiers") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (target.getPackageName().startsWith(ROOT) && !isBelow(type, target)) {
                        events.add(
                                SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                }
            }

            private boolean isBelow(JavaClass type, JavaClass target) {
                String from = family(tiers, type);
                String to = family(tiers, target);
                return from.equals(to) || tiers.get(to) < tiers.get(from);
            }
        };
    }

    /**
     * The row that a class belongs to: its whole package if there is one, or the package's root.
     */
    private static String family(Map<String, Integer> tiers, JavaClass type) {
        String name = type.getPackageName().substring(ROOT.length());
        String family = tiers.containsKey(name) ? name : name.replaceFirst("\\..*", "");
        assertThat(tiers).as("a tier for %s", type.getName()).containsKey(family);
        return family;
    }

    private static Map<String, Integer> tiers() throws IOException {
        Map<String, Integer> tiers = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(TABLE));
        while (row.find()) {
            for (String name : row.group(2).trim().split(" ")) {
                tiers.put(name.replace("`", ""), Integer.valueOf(row.group(1)));
            }
        }
        return tiers;
    }
}
