package io.melin.cursor;

/** The read side of a {@link Cursor}. Threading: any. */
public interface CursorView {

    /** The last published position; sees everything written before it was published. */
    long acquire();
}
