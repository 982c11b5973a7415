import { valueIn } from '../../../task/present.ts'
import { tableStyles } from '../../assets.ts'
import { FieldNote } from './field-note.tsx'
import { controlId, controlName, type TaskControl } from './task-control.ts'

/** Every field of a task with its label, one below the other. */
export const plainFields: TaskControl = {
  styles: tableStyles,
  Work: ({ context, item: { ref, task }, entries, problems }) => (
    <div class="card stack" lang="ja">
      {task.fields.map((field, i) => {
        const value = valueIn(field, entries)
        const name = controlName(ref, field.name)
        const id = controlId(ref, i)
        if (field.as === 'one' || field.as === 'many') {
          const picked = value.split(' ')
          return (
            <fieldset class="field">
              <legend>{field.label}</legend>
              <div class="picks">
                {field.options.map((option) => (
                  <label class="check">
                    <input
                      type={field.as === 'one' ? 'radio' : 'checkbox'}
                      name={name}
                      value={option.value}
                      checked={picked.includes(option.value)}
                    />
                    <span>{option.label}</span>
                  </label>
                ))}
              </div>
            </fieldset>
          )
        }
        return (
          <div class="field">
            <label for={id}>{field.label}</label>
            {field.as === 'lines' ? (
              <textarea class="in working" id={id} name={name} maxlength={field.max} rows={8}>
                {value}
              </textarea>
            ) : (
              <input class="in working" id={id} name={name} value={value} maxlength={field.max} autocomplete="off" />
            )}
            <FieldNote context={context} id={id} field={field} value={value} problem={problems[field.name]} />
          </div>
        )
      })}
    </div>
  ),
}
