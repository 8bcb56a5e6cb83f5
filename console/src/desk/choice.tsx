import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';

/** One of a few; what comes back is always one of them. */
export function Choice<T extends string>(props: {
  label: string;
  value: T;
  options: readonly T[];
  name: (value: T) => string;
  set: (value: T) => void;
}) {
  const { value, options, name } = props;
  return (
    <FormField label={props.label}>
      <Select
        selectedOption={{ value, label: name(value) }}
        options={options.map((one) => ({ value: one, label: name(one) }))}
        onChange={({ detail }) => {
          const chosen = options.find((one) => one === detail.selectedOption.value);
          if (chosen !== undefined) props.set(chosen);
        }}
      />
    </FormField>
  );
}
