package io.melin.house;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * One parsed Java file.
 *
 * @param path from the root of the repository, with slashes
 */
record JavaSource(String path, String text, CompilationUnitTree unit, DocTrees trees) {

    static JavaSource parse(String path, String text) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///" + path), Kinds.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        JavacTask task = (JavacTask) compiler.getTask(null, null, null, null, null, List.of(file));
        return new JavaSource(path, text, task.parse().iterator().next(), DocTrees.instance(task));
    }

    int lines() {
        return (int) text.lines().count();
    }

    /** Of the longest line; an import cannot be broken. */
    int columns() {
        return text.lines()
                .filter(line -> !line.startsWith("import "))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    /** From the first annotation or modifier to the closing brace; comments before it do not count. */
    int linesOf(Tree tree) {
        SourcePositions positions = trees.getSourcePositions();
        long first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
        long last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree));
        return (int) (last - first) + 1;
    }

    /** The doc comment of a declaration as plain text on one line, empty without one. */
    String doc(TreePath path) {
        DocCommentTree doc = trees.getDocCommentTree(path);
        return doc == null ? "" : doc.getFullBody().toString().replaceAll("\\s+", " ");
    }

    private static final class Kinds {
        static final JavaFileObject.Kind SOURCE = JavaFileObject.Kind.SOURCE;
    }
}
